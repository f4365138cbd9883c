import {afterEach, expect, test} from 'vitest';
import {parseDate} from '../../workflows/interpreter/builtins/date-parse.ts';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {seededRandom} from './generate-program.ts';
import {scriptedHost} from './scripted-host.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January December march'.split(' ');
const random = seededRandom(1);
const pick = (...choices: readonly string[]): string => choices[random(choices.length)] as string;
const between = (low: number, high: number): string => String(low + random(high - low + 1));
const two = (low: number, high: number): string => between(low, high).padStart(2, '0');

/** Ways to write a date, each with fields that now and then are out of range. */
const forms: readonly (() => string)[] = [
  () => `${between(1900, 2199)}-${two(0, 13)}-${two(0, 32)}`,
  () => `${between(1900, 2199)}-${two(1, 12)}`,
  () =>
    `${between(1900, 2199)}-${two(1, 12)}-${two(1, 31)}${pick('T', ' ')}${two(0, 24)}:${two(0, 60)}` +
    pick('', `:${two(0, 60)}`, ':05.1', ':05.12345') +
    pick('', 'Z', '+01:00', '-05:30', '+0100'),
  () =>
    `${pick('', 'Mon, ', 'Fri ')}${between(1, 31)} ${pick(...months)} ${between(1950, 2049)}` +
    pick('', ' 10:00', ' 23:59:59 GMT', ' 10:00:00 +0100', ' 1:05 PM'),
  () =>
    `${pick('', 'Friday, ')}${pick(...months)} ${between(1, 31)}${pick(',', '')} ${between(1950, 2049)}` +
    pick('', ' 10:00', ' 10:00:00 GMT+0100', ' 12:05 AM', ' 10:00:00 EST', ' 9:05:01 pm'),
  () => `${between(1, 13)}/${between(1, 31)}/${pick('2024', '24', '75')}${pick('', ' 10:00', ', 7:30 PM')}`,
  () => `${between(1999, 2030)}/${between(1, 12)}/${between(1, 31)}${pick('', ' 10:00')}`,
  () => new Date(random(2 ** 31) * 1000).toString(),
  () => new Date(random(2 ** 31) * 1000).toUTCString(),
];

test('dates are read as Node reads them', () => {
  for (let round = 0; round < 500; round++) {
    for (const form of forms) {
      const text = form();
      expect(parseDate(text), text).toBe(Date.parse(text));
    }
  }
});

const zone = process.env.TZ;
afterEach(() => {
  process.env.TZ = zone;
});

test.for(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])('in %s, dates are the same', async (other) => {
  const program = `const dates = [new Date(2024, 2, 10, 2, 30), new Date('2024-07-01T00:30'), new Date('Jan 5, 2024'), new Date(0)];
const d = new Date(0); d.setHours(1);
return [d.getTime(), ...dates.map((date) => [date.getTime(), date.getHours(), String(date), date.toLocaleString()])]`;
  const expected = await runProgram(program, scriptedHost());
  process.env.TZ = other;
  // Else the zone is not what this test believes it is.
  expect(new Date(0).getTimezoneOffset()).not.toBe(0);
  expect(await runProgram(program, scriptedHost())).toEqual(expected);
});

test.for([
  'new Date()',
  'Date()',
  'const d = Date.now()',
  'const D = Date; new D()',
  '[].map.call([1], Date)',
])('no program has a clock: %s', async (program) => {
  const outcome = await runProgram(program, scriptedHost());
  expect(outcome).toMatchObject({status: 'failed'});
  expect(JSON.stringify(outcome)).toContain('no clock');
});
