import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import {describeTools} from '../../source/agent/describe-tools.ts';
import type {JsonSchema} from '../../workflows/protocol/json.ts';
import {toolSignature, typeOf} from '../../workflows/protocol/signature.ts';

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type, {io: 'input'}) as JsonSchema;

describe('typeOf', () => {
  it.each([
    [z.object({path: z.string(), lines: z.int().optional()}), '{path: string, lines?: number}'],
    [z.object({}), '{}'],
    [z.array(z.object({done: z.boolean()})), 'Array<{done: boolean}>'],
    [z.enum(['a', 'b']), '"a" | "b"'],
    [z.literal(7), '7'],
    [z.union([z.string(), z.null()]), 'string | null'],
    [z.record(z.string(), z.number()), 'Record<string, number>'],
    [z.object({'content-type': z.unknown()}), '{"content-type": unknown}'],
    [z.any(), 'unknown'],
  ])('%#: %o', (type, expected) => {
    expect(typeOf(schemaOf(type))).toBe(expected);
  });

  it('takes several types', () => {
    expect(typeOf({type: ['string', 'null']})).toBe('string | null');
  });
});

describe('toolSignature', () => {
  it('keeps what is said of arguments, as comments that end where they should', () => {
    const input = schemaOf(
      z.object({
        path: z.string().describe('Relative,\n not */ absolute'),
        tags: z.array(z.object({name: z.string().describe('One word')})),
      }),
    );
    expect(toolSignature({name: 'file', input})).toBe(
      'file({path: string /* Relative, not * / absolute */, tags: Array<{name: string /* One word */}>})',
    );
  });
});

describe('describeTools', () => {
  const tools = Array.from({length: 300}, (_, index) => ({
    name: `tool_${index}`,
    description: 'Does something that takes a while to describe.',
    input: schemaOf(z.object({text: z.string()})),
  }));
  const program = {name: 'run_ptc', description: 'Run a program.', input: {}};

  it('tells a model the language and the signatures of the other tools', () => {
    const [described] = describeTools([program, ...tools.slice(0, 2)]);
    expect(described?.description).toContain(toolSignature({name: 'tool_1', input: tools[1]?.input ?? {}}));
    expect(described?.description).toContain('gather(a, b)');
    expect(described?.description).not.toContain('run_ptc(');
  });

  it('tells a model of its subagents, however many tools there are and whatever is said of them', () => {
    const wordy = schemaOf(z.object({text: z.string().describe('x'.repeat(9000))}));
    const spawn = {
      name: 'spawn',
      description: 'Give a task.',
      input: schemaOf(z.object({agent_name: z.enum(['writer', 'critic']).describe('writer: writes')})),
    };
    const [described] = describeTools([
      program,
      {...tools[0], input: wordy} as (typeof tools)[0],
      ...tools,
      spawn,
    ]);
    expect(described?.description).toContain(
      'spawn({agent_name: "writer" | "critic" /* writer: writes */}): Give a task.',
    );
    expect(described?.description).toContain('tool_0({text: string})');
  });

  it('stays within a budget and names search_tools for the rest', () => {
    const [described] = describeTools([program, ...tools]);
    expect(described?.description.length).toBeLessThan(10_000);
    expect(described?.description).toMatch(/\d+ more: search_tools/);
  });
});
