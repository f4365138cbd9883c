import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import {defineAgent} from '../../source/agent/define-agent.ts';
import {defaultBudgets} from '../../workflows/interpreter/budgets.ts';
import {durableTui, emptyFolder} from '../commands/command-line.ts';

/** What stands in an agent beside what it needs, and what is said of it. */
const wrongAgents: [fields: string, words: string][] = [
  ['limits: {turnz: 3}', 'limits has no field "turnz": did you mean turns?'],
  ['limits: {turns: 0}', 'limits.turns must be a whole number from 1 on.'],
  ['limits: {turns: -1}', 'limits.turns must be a whole number from 1 on.'],
  ['limits: {turns: NaN}', 'limits.turns must be a whole number from 1 on.'],
  ['limits: {calls: Infinity}', 'limits.calls must be a whole number from 0 on.'],
  ['limits: {depth: 1.5}', 'limits.depth must be a whole number from 0 on.'],
  ['limits: {program: {stepz: 5}}', 'limits.program has no field "stepz": did you mean steps?'],
  ['limits: {program: {steps: 0}}', 'limits.program.steps must be a whole number from 1 on.'],
  [
    "agents: {a: {instructions: '', capabilities: []}}",
    'agents.a has no field "capabilities": a subagent has those of the agent that spawns it.',
  ],
  ['agents: {a: {}}', 'agents.a.instructions must be a text.'],
  ["agents: {'a b': {instructions: ''}}", 'agents: "a b" must be letters, digits'],
  ['modelActivity: {startToCloseTimeout: 0}', 'modelActivity.startToCloseTimeout 0 is not a duration'],
  ['modelActivity: {startToCloseTimeout: NaN}', 'modelActivity.startToCloseTimeout'],
  ['modelActivity: {heartbeatTimeout: Infinity}', 'modelActivity.heartbeatTimeout'],
  ["modelActivity: {heartbeatTimeout: '-1s'}", 'modelActivity.heartbeatTimeout "-1s" is not a duration'],
  ['modelActivity: {heartbeatTimeout: 0.1}', 'modelActivity.heartbeatTimeout 0.1 is not a duration'],
  ['modelActivity: {retry: {backoffCoefficient: NaN}}', 'backoffCoefficient must be a number from 1 on.'],
  ['modelActivity: {retries: 3}', 'modelActivity has no field "retries": did you mean retry?'],
  [
    'toolActivity: {sandbx: {}}',
    'toolActivity: there is no capability named "sandbx". Did you mean sandbox?',
  ],
  ['toolActivity: {sandbox: {read_fil: {}}}', 'no tool in sandbox named "read_fil". Did you mean read_file?'],
  [
    "toolActivity: {subagents: {spawn: {startToCloseTimeout: '1m'}}}",
    'toolActivity.subagents.spawn cannot apply: it runs inside the workflow',
  ],
  ['toolActivity: {sandbox: {read_file: false}}', 'sandbox.read_file cannot run inside the workflow'],
  ['model: 7', 'model must be the name of a model.'],
  ["name: 'a b'", 'name must be letters, digits, "_" and "-"'],
  ['tools: []', 'the agent has no field "tools": put them into a capability with defineCapability.'],
  ['capabilities: [{}]', 'capabilities.0.name must be a text'],
  ['instructions: undefined', 'instructions must be a text.'],
];

const wrongTools: [definition: string, words: string][] = [
  ['{input: z.object({})}', 'notes.save_note.description must say what the tool does'],
  ["{description: ' ', input: z.object({})}", 'notes.save_note.description must say what the tool does'],
  ["{description: 'Saves.'}", 'notes.save_note.input must be a schema of zod'],
  [
    "{description: 'Saves.', parameters: 1, input: z.object({})}",
    'has no field "parameters": the schema of the arguments is input.',
  ],
  ["{description: 'Saves.', input: z.object({}), run: 1}", 'notes.save_note.run must be a function.'],
  [
    "{description: 'Saves.', input: z.object({}), activity: {startToCloseTimeout: 'soon'}, run}",
    'notes.save_note.activity.startToCloseTimeout "soon" is not a duration',
  ],
  [
    "{description: 'Saves.', input: z.object({}), activity: {retry: {maximumAttempts: 0}}, run}",
    'notes.save_note.activity.retry.maximumAttempts must be a whole number from 1 on.',
  ],
  [
    "{description: 'Saves.', input: z.object({}), activity: {startToCloseTimeout: 5}}",
    'notes.save_note.activity cannot apply',
  ],
  ["{description: 'Saves.', input: z.string(), run}", 'notes.save_note.input must be a z.object({…})'],
  ["{description: 'Saves.', input: z.array(z.string()), run}", 'Put the array into a field of one.'],
  [
    "{description: 'Saves.', input: z.union([z.object({}), z.object({a: z.string()})]), run}",
    'Put the alternatives into a field of one.',
  ],
  [
    "{description: 'Saves.', input: z.object({list: z.array(z.object({at: z.date()}))}), run}",
    'notes.save_note.input.list[].at is a z.date() that JSON cannot say: take z.iso.datetime()',
  ],
  [
    "{description: 'Saves.', input: z.object({n: z.bigint()}), run}",
    'notes.save_note.input.n is a z.bigint()',
  ],
  [
    "{description: 'Saves.', input: z.object({n: z.literal(1n)}), run}",
    'notes.save_note.input.n is a z.literal()',
  ],
  [
    "{description: 'Saves.', input: z.object({m: z.map(z.string(), z.number())}), run}",
    'notes.save_note.input.m is a z.map() that JSON cannot say: take z.record()',
  ],
  [
    "{description: 'Saves.', input: z.object({'a b': z.string()}), run}",
    '"a b" cannot be the name of a field',
  ],
  ["{description: 'Saves.', input: old.object({}), run}", 'notes.save_note.input is a schema of zod 3'],
];

let cwd: string;

beforeAll(async () => {
  cwd = await emptyFolder();
});

/** What was made with the function that checks it, and plain objects: some of these will do. */
const forms = [
  {form: 'defined', agents: wrongAgents, tools: wrongTools},
  {form: 'plain', agents: wrongAgents.slice(0, 3), tools: wrongTools.slice(0, 3)},
] as const;

describe.concurrent.each(forms)(
  'what cannot be is refused when it is loaded ($form)',
  ({form, agents, tools}) => {
    it.each(agents.map((each, index) => [...each, index] as const))(
      'an agent with %s',
      async (fields, words, index) => {
        const file = `agent-${form}-${index}.ts`;
        await writeFile(join(cwd, file), agentModule(form, fields));
        const {stdout, stderr, code} = await durableTui(['--in-process', '--agent', file, 'say x'], {cwd});
        expect(stderr).toContain(file);
        expect(stderr).toContain(words);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        expect([stdout, code]).toEqual(['', 2]);
      },
    );

    it.each(tools.map((each, index) => [...each, index] as const))(
      'a tool %s',
      async (definition, words, index) => {
        const file = `notes-${form}-${index}.ts`;
        await writeFile(join(cwd, file), capabilityModule(form, definition));
        const {stdout, stderr, code} = await durableTui(['--in-process', '--capability', file, 'say x'], {
          cwd,
        });
        expect(stderr).toContain(file);
        expect(stderr).toContain(words);
        expect(stderr.trimEnd().split('\n')).toHaveLength(1);
        expect([stdout, code]).toEqual(['', 2]);
      },
    );
  },
);

function agentModule(form: 'defined' | 'plain', fields: string): string {
  const [open, close] = form === 'plain' ? ['', ''] : ['defineAgent(', ')'];
  return `import {defineAgent, sandbox, subagents} from 'durable-tui';
const agent: any = {name: 'worker', instructions: 'Work.', capabilities: [sandbox, subagents], ${fields}};
export default ${open}agent${close};
`;
}

function capabilityModule(form: 'defined' | 'plain', definition: string): string {
  const [open, close] = form === 'plain' ? ['', ''] : ['defineCapability(', ')'];
  return `import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
import {z as old} from 'zod/v3';
const run = async () => 1;
const save_note: any = ${definition};
export const notes = ${open}{name: 'notes', tools: {save_note}}${close};
`;
}

describe('a definition', () => {
  it('takes durations as texts, in tools too', () => {
    const timely = defineCapability({
      name: 'timely',
      tools: {
        wait: tool({
          description: 'Waits.',
          input: z.object({}),
          activity: {startToCloseTimeout: '1.5m', retry: {initialInterval: '1s', maximumInterval: 2000}},
          run: async () => 1,
        }),
      },
    });
    expect(defineAgent({name: 'a', instructions: '', capabilities: [timely]}).capabilities).toEqual([timely]);
  });

  it('may set every budget of a program', () => {
    const program: Record<string, number> = {...defaultBudgets};
    expect(() =>
      defineAgent({name: 'a', instructions: '', capabilities: [], limits: {program}}),
    ).not.toThrow();
  });
});
