import {expect, it} from 'vitest';
import {formatClock, formatDuration} from '../../source/history/duration.ts';

it.each([
  [-5, '0ms'],
  [0.4, '0ms'],
  [999.4, '999ms'],
  [999.6, '1.0s'],
  [1449, '1.4s'],
  [59_949, '59.9s'],
  [59_960, '1m 00s'],
  [125_000, '2m 05s'],
  [3_599_600, '1h 00m'],
  [3_599_499, '59m 59s'],
  [3_599_500, '1h 00m'],
  [3_720_000, '1h 02m'],
  [86_369_999, '23h 59m'],
  [86_370_000, '1d 00h'],
  [86_399_000, '1d 00h'],
  [273_600_000, '3d 04h'],
])('formats %d ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it('formats the time of day with milliseconds', () => {
  expect(formatClock(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006');
  expect(formatClock(new Date(2026, 0, 2, 13, 14, 15, 167).getTime())).toBe('13:14:15.167');
});
