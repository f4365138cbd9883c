import {type ChildProcess, spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {beforeEach, describe, expect, it} from 'vitest';
import {findTemporal, noTemporal} from '../server/find-temporal.ts';
import {cleanEnvironment, emptyFolder} from './command-line.ts';
import {type Mark, newMark} from './marked-processes.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));
const slowProgram = "await slow_append({path: 'a', line: 'b', milliseconds: 60000})";

const servers = [
  {name: 'the embedded server', flags: ['--in-process'], isReal: false},
  {name: 'a dev server', flags: ['--port', '0'], isReal: true},
];

describe.skipIf(process.platform !== 'linux').each(servers)(
  'no process outlives the command with $name',
  ({flags: server, isReal}) => {
    beforeEach(({skip}) => skip(isReal && !findTemporal(), noTemporal));

    it('when it is killed in the middle of a run', async () => {
      const {child, mark} = await start(server);
      child.kill('SIGKILL');
      await mark.allGone();
    });

    it('when its whole process group is killed', async () => {
      const {child, mark} = await start(server);
      process.kill(-(child.pid as number), 'SIGKILL');
      await mark.allGone();
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
      expect(await mark.processes()).toEqual([]);
    });
  },
);

it.skipIf(process.platform !== 'linux')(
  'a command whose own dev server dies says so and ends',
  async ({skip}) => {
    skip(!findTemporal(), noTemporal);
    const {child, mark, output} = await start(['--port', '0']);
    const ids = await mark.processes();
    const names = await Promise.all(ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8')));
    process.kill(ids[names.indexOf('temporal\n')] as number, 'SIGKILL');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    const last = JSON.parse(output().trimEnd().split('\n').at(-1) as string);
    expect(last).toEqual({
      type: 'error',
      code: 1,
      message: expect.stringMatching(/^The server has ended\. agent-\w+ is lost: /),
    });
    expect(await mark.processes()).toEqual([]);
  },
);

/** Starts a command that runs something slow; resolves once the slow tool is scheduled. */
async function start(
  server: readonly string[],
): Promise<{child: ChildProcess; mark: Mark; output(): string}> {
  const mark = newMark();
  const child = spawn(process.execPath, [bin, ...server, '--json', '-e', slowProgram], {
    cwd: await emptyFolder(),
    env: {...cleanEnvironment(), ...mark.environment},
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
  expect((await mark.processes()).length).toBeGreaterThanOrEqual(2);
  return {child, mark, output: () => text};
}
