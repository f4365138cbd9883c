import {type ChildProcess, spawn} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {findTemporal} from '../server/find-temporal.ts';
import {cleanEnvironment, emptyFolder} from './command-line.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));
const slowProgram = "await slow_append({path: 'a', line: 'b', milliseconds: 60000})";

/** Longer than a host may take to end, in milliseconds. */
const patience = 3000;

const servers = [
  {name: 'the embedded server', flags: ['--in-process']},
  ...(findTemporal() ? [{name: 'a dev server', flags: ['--port', '0']}] : []),
];
if (servers.length === 1)
  console.log('The dev server’s processes were not looked for: `temporal` is not on PATH.');

describe.skipIf(process.platform !== 'linux').each(servers)(
  'no process outlives the command with $name',
  ({flags: server}) => {
    it('when it is killed in the middle of a run', async () => {
      const {child, mark} = await start(server);
      child.kill('SIGKILL');
      await delay(patience);
      expect(await processesWith(mark)).toEqual([]);
    });

    it('when its whole process group is killed', async () => {
      const {child, mark} = await start(server);
      process.kill(-(child.pid as number), 'SIGKILL');
      await delay(patience);
      expect(await processesWith(mark)).toEqual([]);
    });

    it.each([
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const)('on %s, which cancels the run', async (signal, code) => {
      const {child, mark, output} = await start(server);
      child.kill(signal);
      const exitCode = await new Promise((resolve) => child.once('close', resolve));
      expect(JSON.parse(output().trimEnd().split('\n').at(-1) as string)).toMatchObject({status: 'canceled'});
      expect(exitCode).toBe(code);
      expect(await processesWith(mark)).toEqual([]);
    });
  },
);

it.skipIf(process.platform !== 'linux' || !findTemporal())(
  'a command whose own dev server dies says so and ends',
  async () => {
    const {child, mark, output} = await start(['--port', '0']);
    const ids = await processesWith(mark);
    const names = await Promise.all(ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8')));
    process.kill(Number(ids[names.indexOf('temporal\n')]), 'SIGKILL');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    const last = JSON.parse(output().trimEnd().split('\n').at(-1) as string);
    expect(last).toEqual({type: 'error', code: 1, message: 'The server has ended'});
    expect(await processesWith(mark)).toEqual([]);
  },
);

/** Starts a command that runs something slow; resolves once the slow tool is scheduled. */
async function start(
  server: readonly string[],
): Promise<{child: ChildProcess; mark: string; output(): string}> {
  // Children inherit the variable: that is how they are found again.
  const mark = `durable_tui_test=${process.pid}.${Math.random()}`;
  const [name, value] = mark.split('=') as [string, string];
  const child = spawn(process.execPath, [bin, ...server, '--json', '-e', slowProgram], {
    cwd: await emptyFolder(),
    env: {...cleanEnvironment(), [name]: value},
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`It ended: ${text}`)));
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.includes('faults.slow_append')) resolve();
    });
  });
  expect((await processesWith(mark)).length).toBeGreaterThanOrEqual(2);
  return {child, mark, output: () => text};
}

/** Ids of the processes that have the mark in their environment, from Linux's /proc. */
async function processesWith(mark: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const marked = await Promise.all(
    ids.map(async (id) => (await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '')).includes(mark)),
  );
  return ids.filter((_, index) => marked[index]);
}
