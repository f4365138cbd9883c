import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {unpolledWords} from '../../source/session/unpolled-words.ts';
import {type ServerUnderTest, startEmbedded, startReal} from '../server/environment.ts';
import {findTemporal, noTemporal} from '../server/find-temporal.ts';
import {cleanEnvironment, durableTui, emptyFolder} from './command-line.ts';
import {startCommand} from './running-command.ts';
import {says} from './says.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));
const temporal = findTemporal();

let servers: Record<string, ServerUnderTest>;
let cwd: string;

beforeAll(async () => {
  const [embedded, real] = await Promise.all([startEmbedded(), temporal && startReal(temporal)]);
  servers = {embedded, ...(real && {real})};
  cwd = await emptyFolder();
});
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())));

interface Started {
  /** Resolves once it has said that no worker polls. */
  readonly warned: Promise<unknown>;
  /** Both resolve with everything once the command has ended. */
  readonly stdout: Promise<string>;
  readonly stderr: Promise<string>;
}

function start(args: readonly string[]): Started {
  const child = spawn(process.execPath, [bin, ...args], {cwd, env: cleanEnvironment(), stdio: 'pipe'});
  child.stdin.end();
  const warned = says(child.stderr, /No worker polls .*\n/);
  return {warned, stdout: text(child.stdout), stderr: text(child.stderr)};
}

describe.concurrent.each(['embedded', 'real'])('on the %s server', (name) => {
  beforeEach(({skip}) => skip(name === 'real' && !temporal, noTemporal));

  it('says once which queue no worker polls, and how to start one', async ({expect}) => {
    const {address} = servers[name] as ServerUnderTest;
    const queue = `nobody's ${name}`;
    const flags = ['--address', address, '--task-queue', queue];
    const run = start(['-e', '6 * 7', '--no-worker', ...flags]);
    await run.warned;
    const command = `durable-tui worker --address ${address} --task-queue 'nobody'\\''s ${name}'`;
    const worker = startCommand(['worker', ...flags], cwd);
    expect(await run.stdout).toMatch(/✓ completed.* 42/);
    const [started, warning, ...more] = (await run.stderr).split('\n');
    expect(started).toMatch(/^durable-tui: agent-\w+ runs on existing /);
    expect(warning).toBe(`durable-tui: No worker polls ${queue}. Start one: ${command}`);
    expect(more).toEqual(['']);
    worker.child.kill('SIGTERM');
    await worker.ended;
  });

  it('does not start a worker for a scenario that would kill one', async ({expect}) => {
    const {address} = servers[name] as ServerUnderTest;
    const run = await durableTui(['--scenario', 'worker-crash', '--no-worker', '--address', address]);
    expect(run.stderr).toContain('This scenario kills a worker of its own: leave out --no-worker to run it.');
    expect(run.code).toBe(2);
  });

  it('tells programs nothing but JSON', async ({expect}) => {
    const {address} = servers[name] as ServerUnderTest;
    const flags = ['--address', address, '--task-queue', `json-${name}`];
    const quiet = start(['-e', '6 * 7', '--no-worker', '--json', ...flags]);
    const run = startCommand(['-e', '1 + 1', '--no-worker', ...flags], cwd);
    const {workflowId} = await run.line(({type}) => type === 'run');
    const loud = start(['attach', String(workflowId), '--no-worker', '--address', address]);
    // The quiet one has been waiting for longer.
    await loud.warned;
    const worker = startCommand(['worker', ...flags], cwd);
    const lines = (await quiet.stdout).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(expect.arrayContaining(['run', 'result']));
    expect(await quiet.stderr).toBe('');
    expect(await loud.stderr).toContain(`No worker polls json-${name}.`);
    await loud.stdout;
    worker.child.kill('SIGTERM');
    await worker.ended;
  });
});

it.each([
  [{address: 'h:1', namespace: 'default'}, 'q', 'durable-tui worker --address h:1 --task-queue q'],
  [
    {address: 'h:1', namespace: 'n', apiKey: 'k'},
    '$(x)',
    "durable-tui worker --address h:1 --task-queue '$(x)' --namespace n, with your credentials",
  ],
])('the command for %j and queue %s', (server, queue, command) => {
  expect(unpolledWords(server, queue)).toBe(`No worker polls ${queue}. Start one: ${command}`);
});
