import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {access, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, it, type TestContext, vi} from 'vitest';
import {patience} from '../patience.ts';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {cleanEnvironment, emptyFolder} from './command-line.ts';
import {type Mark, newMark} from './marked-processes.ts';
import {startCommand} from './running-command.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));

/** Says so and never gives the event loop back. */
const holding = (name: string) => `writeFileSync(${name}, ''); for (;;);`;

const toolThatHolds = `import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
export const hold = defineCapability({
  name: 'hold',
  tools: {
    hold: tool({
      description: 'Hold the event loop.',
      input: z.object({}),
      async run(_, {sandbox}) { ${holding("join(sandbox, 'held')")} },
    }),
  },
});
`;

const moduleThatHolds = `import {writeFileSync} from 'node:fs';
if (process.send === undefined) { ${holding("'held'")} }
`;

/** Holds the loop of each process of a host that was told what to do, without any author's code. */
const hostThatHolds = `import {writeFileSync} from 'node:fs';
import {isMainThread} from 'node:worker_threads';
if (isMainThread && process.argv[1].endsWith('host/main.js'))
  process.once('message', () => setTimeout(() => { ${holding("'held'")} }, 1000));`;

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startEmbedded();
});
afterAll(() => server.close());

interface Held {
  child: ChildProcess;
  /** How it ended: its exit code, or the name of the signal. */
  ended: Promise<number | string>;
  mark: Mark;
  cwd: string;
}

/** Starts a command and waits until something in it holds an event loop. */
async function start(
  {onTestFinished}: Pick<TestContext, 'onTestFinished'>,
  args: readonly string[],
  options: {cwd?: string; environment?: Record<string, string>; sign?: string} = {},
): Promise<Held> {
  const mark = newMark();
  // Where a test fails, what it started must not burn on.
  onTestFinished(async () => {
    for (const id of await mark.processes()) process.kill(id, 'SIGKILL');
  });
  const cwd = options.cwd ?? (await emptyFolder());
  await writeFile(join(cwd, 'hold.ts'), toolThatHolds);
  await writeFile(join(cwd, 'loads.mjs'), moduleThatHolds);
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: {...cleanEnvironment(), ...mark.environment, ...options.environment},
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  await vi.waitFor(() => access(join(cwd, options.sign ?? 'held')), {timeout: patience, interval: 50});
  return {child, ended, mark, cwd};
}

const endings = [
  {by: 'SIGTERM', signals: ['SIGTERM'], code: 143},
  {by: 'SIGHUP', signals: ['SIGHUP'], code: 129},
  {by: 'two Ctrl+C', signals: ['SIGINT', 'SIGINT'], code: 130},
  {by: 'SIGKILL', signals: ['SIGKILL'], code: 'SIGKILL'},
] as const;

type Ending = (typeof endings)[number];

/** The command ends, and everything with it. */
async function expectEnd({child, ended, mark}: Held, {signals, code}: Ending): Promise<void> {
  expect((await mark.processes()).length).toBeGreaterThanOrEqual(2);
  for (const signal of signals) {
    child.kill(signal);
    // Two at once would be one.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(await ended).toBe(code);
  await mark.allGone();
}

const callsHold = ['--capability', './hold.ts', '-e', 'await hold({})'];
const onServer = (taskQueue: string) => ['--address', server.address, '--task-queue', taskQueue];

/** Starts a run that no worker works on. */
async function waitingRun(taskQueue: string): Promise<{workflowId: string; cwd: string}> {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'hold.ts'), toolThatHolds);
  const started = spawn(
    process.execPath,
    [bin, ...onServer(taskQueue), '--no-worker', '--json', ...callsHold],
    {cwd, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'ignore']},
  );
  const [line] = await once(started.stdout.setEncoding('utf8'), 'data');
  const exit = once(started, 'exit');
  started.kill('SIGKILL');
  await exit;
  return {workflowId: String(JSON.parse((line as string).split('\n')[0] as string).workflowId), cwd};
}

describe.skipIf(process.platform !== 'linux')('where an event loop is never given back', () => {
  describe.concurrent.each(endings)('$by ends all of', (ending) => {
    it('a run', async (test) => {
      await expectEnd(
        await start(test, ['--in-process', ...callsHold], {sign: '.demo-sandbox/held'}),
        ending,
      );
    });

    it('a worker', async (test) => {
      const taskQueue = `worker-${ending.by.replaceAll(/\W/g, '')}`;
      const {cwd} = await waitingRun(taskQueue);
      const args = ['worker', ...onServer(taskQueue), '--capability', './hold.ts'];
      await expectEnd(await start(test, args, {cwd, sign: '.demo-sandbox/held'}), ending);
    });

    it('a run that is followed with a worker', async (test) => {
      const {workflowId, cwd} = await waitingRun(`attach-${ending.by.replaceAll(/\W/g, '')}`);
      const args = ['attach', workflowId, '--address', server.address, '--capability', './hold.ts'];
      await expectEnd(await start(test, args, {cwd, sign: '.demo-sandbox/held'}), ending);
    });

    it.for([['migration-demo'], ['drill']])('%s', async ([command], test) => {
      const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hostThatHolds)}`;
      await expectEnd(
        await start(test, [command as string, '--in-process'], {environment: {NODE_OPTIONS}}),
        ending,
      );
    });
  });

  it.for([['tools'], ['--in-process', '-e', '1'], ['worker', '--address', '127.0.0.1:1']])(
    'Ctrl+C ends %j while a module that is loaded never returns',
    async (args, test) => {
      const {child, ended, mark} = await start(test, [...args, '--capability', './loads.mjs']);
      child.kill('SIGINT');
      expect(await ended).toBe('SIGINT');
      await mark.allGone();
    },
  );

  it('a module that has been loaded leaves Ctrl+C what it was', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'hold.ts'), toolThatHolds);
    const slow = "await slow_append({path: 'a', line: 'b', milliseconds: 60000})";
    const run = startCommand(['--in-process', '--capability', './hold.ts', '-e', slow], cwd);
    await run.line(({activityType}) => activityType === 'faults.slow_append');
    run.child.kill('SIGINT');
    expect(await run.line(({type}) => type === 'result')).toMatchObject({status: 'canceled'});
    expect(await run.ended).toBe(130);
  });
});
