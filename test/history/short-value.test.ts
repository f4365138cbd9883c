import {expect, it} from 'vitest';
import {shortInput, shortSpawn, shortValue} from '../../source/history/short-value.ts';

it.each([
  [undefined, ''],
  [null, ''],
  ['a\nb', expect.not.stringContaining('\n')],
  [7, '7'],
  [['a', 1, null], '["a", 1, null]'],
  [Array(9).fill(1), '[1, 1, 1, 1, 1, 1, 1, 1, …]'],
  [Array(8).fill(1), '[1, 1, 1, 1, 1, 1, 1, 1]'],
  [{a: {b: 'c'}, d: [1]}, '{a: {b: "c"}, d: [1]}'],
])('%j in short', (value, words) => {
  expect(shortValue(value as never)).toEqual(words);
});

it('more members than can be seen are left out', () => {
  const of = (count: number) =>
    Object.fromEntries(Array.from({length: count}, (_, index) => [`m${index}`, 1]));
  expect(shortValue(of(9), 200)).toMatch(/m7: 1, …\}$/);
  expect(shortValue(of(8), 200)).toMatch(/m7: 1\}$/);
});

it.each([
  [undefined, ''],
  ['no JSON', 'no JSON'],
  [{}, ''],
  [{path: 'a.txt', other: 1}, 'a.txt'],
  [{count: 3}, 'count: 3'],
  [{list: ['a']}, 'list: ["a"]'],
])('the input %j in short', (input, words) => {
  expect(shortInput(input as never)).toBe(words);
});

it.each([
  [undefined, ''],
  ['no JSON', 'no JSON'],
  [{agent_name: 'writer', task: 'write'}, 'writer “write”'],
  [{agent_name: 'writer'}, 'writer'],
  [{task: 'write'}, '“write”'],
])('the spawn %j in short', (input, words) => {
  expect(shortSpawn(input as never)).toBe(words);
});
