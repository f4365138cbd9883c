import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {type RunningCommand, startCommand} from './running-command.ts';

let server: ServerUnderTest;
let cwd: string;

beforeAll(async () => {
  [server, cwd] = await Promise.all([startEmbedded(), emptyFolder()]);
});
afterAll(() => server.close());

/** A worker process for a queue, once it is ready. */
async function startWorker(taskQueue: string): Promise<RunningCommand> {
  const worker = startCommand(['worker', '--address', server.address, '--task-queue', taskQueue], cwd);
  const ready = await worker.line(({type}) => type === 'worker');
  expect(ready).toMatchObject({taskQueue, address: server.address, namespace: 'default'});
  // A process of its own, which can be looked for.
  expect(process.kill(Number.parseInt(String(ready.identity), 10), 0)).toBe(true);
  return worker;
}

function client(taskQueue: string): string[] {
  return ['--address', server.address, '--task-queue', taskQueue, '--no-worker'];
}

it('a worker that is told to stop lets its tool finish, and attach brings the run to its end', async () => {
  const worker = await startWorker('drain');
  const program =
    "const done = await slow_append({path: 'a', line: 'b', milliseconds: 1500}); await list_files({}); done";
  const run = startCommand([...client('drain'), '-e', program], cwd);
  const {workflowId} = await run.line(({type}) => type === 'run');
  await run.line(({activityType}) => activityType === 'faults.slow_append');
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toBe(143);
  const attached = await durableTui(['attach', String(workflowId), '--address', server.address, '--json'], {
    cwd,
  });
  const lines = jsonLines(attached);
  expect(lines[0]).toMatchObject({type: 'run', workflowId});
  expect(lines.at(-1)).toMatchObject({type: 'result', status: 'completed', value: {attempt: 1}});
  expect(attached.code).toBe(0);
  expect(await run.ended).toBe(0);
  const again = await durableTui(['attach', String(workflowId), '--address', server.address], {cwd});
  expect(again.stdout).toContain(`◆ ${workflowId} ✓ completed`);
});

it('a run fails and names the capability that no worker has', async () => {
  const worker = await startWorker('missing');
  await writeFile(join(cwd, 'notes.ts'), notes);
  const outcome = await durableTui(
    [...client('missing'), '--capability', './notes.ts', '--json', '-e', 'await save_note({})'],
    {cwd},
  );
  const error = 'No worker of this task queue has notes.save_note. Start one with the capability "notes".';
  expect(jsonLines(outcome).at(-1)).toMatchObject({type: 'result', status: 'failed', error});
  expect(outcome.code).toBe(1);
  worker.child.kill('SIGINT');
  expect(await worker.ended).toBe(130);
});

const notes = `import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
export const notes = defineCapability({
  name: 'notes',
  tools: {
    save_note: tool({
      description: 'Save a note.',
      input: z.object({}),
      activity: {retry: {maximumAttempts: 2, initialInterval: 100}},
      run: async () => 'saved',
    }),
  },
});
`;

it.each<[args: string[], code: number, words: string]>([
  [['attach', 'agent-00000000'], 1, 'There is no workflow "agent-00000000" on this server.'],
  [['worker', '--in-process'], 2, 'durable-tui worker takes no --in-process'],
  [['replay', 'agent-00000000'], 1, 'There is no workflow "agent-00000000"'],
])('%j is one line that says what is wrong', async (args, code, words) => {
  const where = args.includes('--in-process') ? [] : ['--address', server.address];
  const outcome = await durableTui([...args, ...where], {cwd});
  expect(outcome.stderr).toContain(words);
  expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(outcome.code).toBe(code);
});
