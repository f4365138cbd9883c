import {spawn} from 'node:child_process';
import {closeSync, existsSync, openSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {describe, expect, it} from 'vitest';
import {cleanEnvironment, emptyFolder} from './command-line.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));
const full = '/dev/full';
const hasFullDevice = existsSync(full);
if (!hasFullDevice) console.log(`A full disk was not tried: there is no ${full}.`);

describe.skipIf(!hasFullDevice)('output that cannot be written is a failure and said once', () => {
  it.each([
    {args: ['--in-process', 'write a note'], code: 1},
    {args: ['--in-process', '--json', 'write a note'], code: 1},
    {args: ['--help'], code: 1},
  ])('$args', async ({args, code}) => {
    const outcome = await runIntoFullDevice(args);
    expect(outcome.complaints).toEqual([
      expect.stringMatching(/^durable-tui: Standard output cannot be written: ENOSPC/),
    ]);
    expect(outcome.code).toBe(code);
  });
});

async function runIntoFullDevice(args: readonly string[]): Promise<{code: number; complaints: string[]}> {
  const device = openSync(full, 'w');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: await emptyFolder(),
    env: cleanEnvironment(),
    stdio: ['ignore', device, 'pipe'],
  });
  closeSync(device);
  const [code, stderr] = await Promise.all([
    new Promise<number>((resolve) => child.once('close', resolve)),
    text(child.stderr as NodeJS.ReadableStream),
  ]);
  return {code, complaints: stderr.split('\n').filter((line) => /output/.test(line))};
}
