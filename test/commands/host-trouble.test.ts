import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, it, type TestContext} from 'vitest';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {cleanEnvironment, emptyFolder} from './command-line.ts';
import {newMark} from './marked-processes.ts';
import {says} from './says.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));

const capability = `import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
const once = (run) => tool({
  description: 'Misbehave.',
  input: z.object({}),
  // Far more than it takes, however busy the machine.
  activity: {heartbeatTimeout: 200_000, startToCloseTimeout: 200_000, retry: {maximumAttempts: 1}},
  run,
});
const never = () => new Promise(() => undefined);
export const odd = defineCapability({
  name: 'odd',
  tools: {
    explode: once(async () => { setTimeout(() => { throw new Error('in a timer'); }, 10); await never(); }),
    forget: once(async () => { Promise.reject(new Error('not awaited')); await never(); }),
    leave: once(async () => { process.exit(3); }),
    leave_later: once(async () => { setTimeout(() => process.exit(), 10); await never(); }),
    abort: once(async () => { try { process.abort(); } catch {} await never(); }),
    leave_behind: once(async () => { setTimeout(() => { throw new Error('too late'); }, 100); return 'left'; }),
    fill: once(async () => { const all = []; for (;;) all.push(new Array(100_000).fill(all.length)); }),
    hold: once(async () => { const end = Date.now() + 8000; while (Date.now() < end); return 'held'; }),
  },
});
`;

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startEmbedded();
});
afterAll(() => server.close());

interface Command {
  child: ChildProcess & {stderr: NonNullable<ChildProcess['stderr']>};
  stdout: Promise<string>;
  stderr: Promise<string>;
  ended: Promise<number | null>;
  /** The one process beside the command. */
  host(): Promise<number>;
}

async function start(
  {onTestFinished}: Pick<TestContext, 'onTestFinished'>,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Command> {
  const mark = newMark();
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'odd.ts'), capability);
  const child = spawn(process.execPath, [bin, ...args, '--capability', './odd.ts'], {
    cwd,
    env: {...cleanEnvironment(), ...mark.environment, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(async () => {
    for (const id of await mark.processes()) process.kill(id, 'SIGKILL');
  });
  return {
    child,
    stdout: text(child.stdout),
    stderr: text(child.stderr),
    ended: once(child, 'close').then(([code]) => code as number | null),
    async host() {
      const [host] = (await mark.processes()).filter((id) => id !== child.pid);
      return host as number;
    },
  };
}

describe.concurrent('what a tool does outside of its call', () => {
  it.for([
    ['explode', 'explode failed: an exception that nothing caught: in a timer'],
    ['forget', 'forget failed: a rejection that nothing caught: not awaited'],
    ['leave', 'odd.leave called process.exit(3), which would end the worker and whatever else runs in it.'],
    ['leave_later', 'odd.leave_later called process.exit(), which would end the worker'],
    ['abort', 'odd.abort called process.abort(), which would end the worker'],
  ])('%s fails it and spares everything else', async ([name, words], test) => {
    const program = `let message = ''; try { await ${name}({}) } catch (error) { message = error.message }
      ({message, files: await list_files({})})`;
    const command = await start(test, ['--in-process', '--json', '-e', program]);
    const result = JSON.parse((await command.stdout).trimEnd().split('\n').at(-1) as string);
    expect(result).toMatchObject({status: 'completed', value: {files: []}});
    expect(result.value.message).toContain(words);
    expect(await command.ended).toBe(0);
  });

  it('is said where the call is over', async (test) => {
    const program = "await leave_behind({}); await slow_append({path: 'a', line: 'b', milliseconds: 1500})";
    const command = await start(test, ['--in-process', '-e', program]);
    expect(await command.stdout).toContain('✓ completed');
    expect(await command.stderr).toContain(
      'After its call, odd.leave_behind left an exception that nothing caught: too late',
    );
  });
});

describe.skipIf(process.platform !== 'linux')('a host', {concurrent: true}, () => {
  const slow = "await slow_append({path: 'a', line: 'b', milliseconds: 60000})";

  it('that is killed takes the runs of its server along, and it is said', async (test) => {
    const command = await start(test, ['--in-process', '-e', slow]);
    const [, workflowId] = await says(command.child.stderr, /(agent-\w+) runs on/);
    process.kill(await command.host(), 'SIGKILL');
    expect(await command.stderr).toMatch(
      new RegExp(
        `durable-tui: The process with the embedded server and the worker \\(\\d+\\) was killed\\. ${workflowId} is lost: `,
      ),
    );
    expect(await command.ended).toBe(1);
  });

  it('that runs out of memory says so', async (test) => {
    const command = await start(test, ['--in-process', '-e', 'await fill({})'], {
      NODE_OPTIONS: '--max-old-space-size=120',
    });
    expect(await command.stderr).toMatch(/worker \(\d+\) ran out of memory\. agent-\w+ is lost: /);
    expect(await command.ended).toBe(1);
  });

  it('that is killed leaves a run on another server waiting for a worker', async (test) => {
    const flags = ['--address', server.address, '--task-queue', 'killed'];
    const command = await start(test, [...flags, '-e', slow]);
    await says(command.child.stderr, /runs on/);
    process.kill(await command.host(), 'SIGKILL');
    expect(await command.stderr).toMatch(
      /The process with the worker \(\d+\) was killed\. (agent-\w+) goes on once it has a worker: durable-tui attach \1/,
    );
    expect(await command.ended).toBe(1);
  });

  it('that is killed ends the worker command', async (test) => {
    const command = await start(test, ['worker', '--address', server.address, '--task-queue', 'w', '--json']);
    await says(command.child.stdout as never, /"type":"worker"/);
    process.kill(await command.host(), 'SIGKILL');
    expect(await command.stdout).toMatch(/The process with the worker \(\d+\) was killed\."/);
    expect(await command.ended).toBe(1);
  });

  it('that a tool holds is said, and when it goes on', async (test) => {
    const command = await start(test, ['--in-process', '-e', `await hold({}); ${slow}`]);
    const held =
      /The process with the embedded server and the worker \(\d+\) is held by odd\.hold, which never waits: nothing else runs in it\.\n[\s\S]*\(\d+\) goes on\.\n/;
    await says(command.child.stderr, held);
    command.child.kill('SIGTERM');
    expect(await command.ended).toBe(143);
  });

  it('that is stopped is said, and when it goes on', async (test) => {
    const command = await start(test, ['--in-process', '-e', slow]);
    await says(command.child.stderr, /runs on/);
    const stopped = says(command.child.stderr, /\(\d+\) does not answer: has it been stopped\?\n/);
    const goesOn = says(command.child.stderr, /\(\d+\) goes on\.\n/);
    const host = await command.host();
    process.kill(host, 'SIGSTOP');
    await stopped;
    process.kill(host, 'SIGCONT');
    await goesOn;
    command.child.kill('SIGINT');
    expect(await command.ended).toBe(130);
  });
});
