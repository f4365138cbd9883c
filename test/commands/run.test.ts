import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {intents} from '../../source/scenarios/intents.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

/** All that a run that goes well says on standard error: where it is, before its result is there. */
const startedLine =
  /^durable-tui: agent-[0-9a-f]{8} runs on embedded 127\.0\.0\.1:\d+ \(--in-process\), queue \S+\n$/;

describe.concurrent('one-shot commands', () => {
  it.for(intents)('the scripted model understands: $example', async ({example}) => {
    const cwd = await emptyFolder();
    const outcome = await durableTui(['--in-process', example], {cwd});
    expect(outcome.stderr).toMatch(startedLine);
    expect(outcome.stdout).toContain('✓ completed');
    expect(outcome.stdout).not.toContain('I am a scripted model');
    expect(outcome.code).toBe(0);
  });

  it('anything else is answered with what it understands and how to use a live model', async () => {
    const {stdout, code} = await durableTui(['--in-process', 'what is the meaning of life?']);
    for (const {example} of intents) expect(stdout).toContain(example);
    expect(stdout).toContain('--model');
    expect(code).toBe(0);
  });

  it('a prompt from standard input', async () => {
    const {stdout} = await durableTui(['--in-process', 'run'], {input: 'write a note\n'});
    expect(stdout).toContain('I wrote note.txt.');
  });

  it('a program, with types, from a file', async () => {
    const cwd = await emptyFolder();
    await writeFile(
      join(cwd, 'program.ts'),
      'const count: number = (await list_files({})).length;\nreturn {count};\n',
    );
    const outcome = await durableTui(['--in-process', '--json', '--program', 'program.ts'], {cwd});
    expect(jsonLines(outcome).at(-1)).toMatchObject({
      status: 'completed',
      value: {count: 0},
      answer: '{"count":0}',
    });
  });

  it('a program from standard input', async () => {
    const outcome = await durableTui(['--in-process', '--json', '--program', '-'], {input: '6 * 7'});
    expect(jsonLines(outcome).at(-1)).toMatchObject({status: 'completed', value: 42});
  });

  it('a failed program ends the run with kind, message and tree', async () => {
    const outcome = await durableTui(['--in-process', '-e', "await fail({message: 'no luck'})"]);
    expect(outcome.stdout).toContain('failed: ToolError: no luck');
    expect(outcome.stdout.match(/ToolError: no luck/g)).toHaveLength(1);
    expect(outcome.stdout).toMatch(/✗ L1 faults\.fail .* ToolExecutionError: no luck$/m);
    expect(outcome.stdout).toContain("> 1 | await fail({message: 'no luck'})");
    expect(outcome.code).toBe(1);
  });

  it('with -q, the answer and nothing else', async () => {
    const {stdout, stderr, code} = await durableTui(['--in-process', '-q', 'write a note']);
    expect({stdout, stderr, code}).toEqual({stdout: 'I wrote note.txt.\n', stderr: '', code: 0});
  });

  it('with -q, what went wrong is not an answer', async () => {
    const {stdout, stderr, code} = await durableTui([
      '--in-process',
      '-q',
      '-e',
      "await fail({message: 'no'})",
    ]);
    expect({stdout, code}).toEqual({stdout: '', code: 1});
    expect(stderr).toMatch(/^durable-tui: failed: ToolError: no\n> 1 \| await fail/);
  });

  it('a capability of one’s own, in an empty folder', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'notes.ts'), notes);
    const program = "await save_note({title: 'a', body: 'b'})";
    const outcome = await durableTui(['--in-process', '--capability', './notes.ts', '-e', program], {cwd});
    expect(outcome).toMatchObject({code: 0, stderr: expect.stringMatching(startedLine)});
    expect(await readFile(join(cwd, '.demo-sandbox', 'a.txt'), 'utf8')).toBe('b');
  });

  it('an agent of one’s own', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'notes.ts'), notes);
    await writeFile(join(cwd, 'agent.ts'), agent);
    const outcome = await durableTui(['--in-process', '--json', '--agent', './agent.ts', 'list files'], {
      cwd,
    });
    expect(jsonLines(outcome).at(-1)).toMatchObject({status: 'completed', answer: 'The sandbox is empty.'});
    expect(String(jsonLines(outcome).at(-1)?.tree)).toContain('sandbox.list_files');
  });
});

const notes = `import {writeFile} from 'node:fs/promises';
import {defineCapability, sandboxPath, tool} from 'durable-tui';
import {z} from 'zod';

export const notes = defineCapability({
  name: 'notes',
  tools: {
    save_note: tool({
      description: 'Save a note in the sandbox.',
      input: z.object({title: z.string(), body: z.string()}),
      async run({title, body}, context) {
        const target = sandboxPath(context, \`\${title}.txt\`);
        await writeFile(target, body, {signal: context.signal});
        return target;
      },
    }),
  },
});
`;

const agent = `import {defineAgent, sandbox, subagents} from 'durable-tui';
import {notes} from './notes.ts';

export default defineAgent({
  name: 'note_taker',
  instructions: 'Take notes.',
  capabilities: [sandbox, subagents, notes],
  toolActivity: {sandbox: {write_file: {startToCloseTimeout: '10s'}}, subagents: {spawn: false}},
  agents: {generic: {instructions: 'Do the task.'}},
});
`;
