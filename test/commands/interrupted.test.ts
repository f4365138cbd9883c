import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {type ServerUnderTest, startEmbedded} from '../server/environment.ts';
import {cleanEnvironment, emptyFolder} from './command-line.ts';
import {says} from './says.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));
const slowProgram = (milliseconds: number) =>
  `await slow_append({path: 'a', line: 'b', milliseconds: ${milliseconds}})`;

let server: ServerUnderTest;

beforeAll(async () => {
  server = await startEmbedded();
});
afterAll(() => server.close());

async function start(args: readonly string[], milliseconds = 60_000) {
  const child = spawn(process.execPath, [bin, ...args, '-e', slowProgram(milliseconds)], {
    cwd: await emptyFolder(),
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {child, stdout: text(child.stdout), ended: once(child, 'close').then(([code]) => code)};
}

it('a run without a terminal is named when it starts and when it is interrupted', async () => {
  const {child, stdout, ended} = await start(['--in-process']);
  const canceling = says(child.stderr, /^durable-tui: Canceling (agent-\w+)\. Interrupt again/m);
  const [, workflowId] = await says(child.stderr, /^durable-tui: (agent-\w+) runs on embedded .*\n/);
  child.kill('SIGINT');
  expect((await canceling)[1]).toBe(workflowId);
  expect(await stdout).toContain(`◆ ${workflowId} ⊘ canceled`);
  expect(await ended).toBe(130);
});

it('the signal for any connection that has ended is no interruption', async () => {
  const {child, stdout, ended} = await start(['--in-process'], 500);
  await says(child.stderr, /runs on/);
  child.kill('SIGPIPE');
  expect(await stdout).toContain('✓ completed');
  expect(await ended).toBe(0);
});

it('who interrupts again is told what becomes of the run', async () => {
  // Without a worker nobody hears of the cancellation.
  const {child, ended} = await start(['--address', server.address, '--no-worker']);
  const canceling = says(child.stderr, /Canceling/);
  const left = says(
    child.stderr,
    /^durable-tui: interrupted: (agent-\w+) ends once a worker .*durable-tui attach \1\n/m,
  );
  const [, workflowId] = await says(child.stderr, /^durable-tui: (agent-\w+) runs on existing .*\n/);
  child.kill('SIGINT');
  await canceling;
  child.kill('SIGINT');
  expect((await left)[1]).toBe(workflowId);
  expect(await ended).toBe(130);
});
