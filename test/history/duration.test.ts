import {expect, it} from 'vitest';
import {formatDuration} from '../../source/history/duration.ts';

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
  [3_720_000, '1h 02m'],
  [86_399_000, '1d 00h'],
  [273_600_000, '3d 04h'],
])('formats %d ms as %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});
