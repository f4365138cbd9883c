import {execFile} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {keepingPrograms} from './keeping-programs.ts';

const script = fileURLToPath(new URL('run-keeping.ts', import.meta.url));
// V8 ends a process whose heap would grow beyond both, 300 MB together: three spaces for what is young.
const bounds = ['--max-old-space-size=261', '--max-semi-space-size=13'];
const pattern =
  process.env.TEST_LONG === '1'
    ? /./
    : /race|recursion|reactions to one|wait deep|closures kept|wide characters kept/;
const chosen = keepingPrograms.filter(({name}) => pattern.test(name));

test(`${chosen.length} programs that keep all they can stay within a heap of 300 MB`, {
  timeout: 600_000,
}, async () => {
  const {stdout} = await promisify(execFile)(process.execPath, [...bounds, script, pattern.source]);
  const endings = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(endings).toEqual(
    chosen.map(({name}) => [name, expect.stringMatching(/^budget (steps|arrayLength): /)]),
  );
});
