import {expect, test} from 'vitest';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

test.for([
  ['', null],
  [' \n\t', null],
  ['// only\n/* comments */', null],
  ['undefined', null],
  ['return', null],
  ['NaN', null],
  ['[1, undefined, NaN, -Infinity]', [1, null, null, null]],
  ['return {a: undefined, b: null}', {b: null}],
  ['"\ud800"', '\ud800'],
  ['return "\\ud800"', '\ud800'],
  ['new Map([["a", 1]])', [['a', 1]]],
  ['new Map()', []],
  ['new Map([[{k: 1}, new Set(["x"])]])', [[{k: 1}, ['x']]]],
  ['await echo({value: new Map([["a", 1]])})', [['a', 1]]],
  ['new Map([[1, 2]])', [[1, 2]]],
  ['new Set([1])', [1]],
  ['new TypeError("t")', {name: 'TypeError', message: 't'}],
  ['const a = [1]; return [a, a]', [[1], [1]]],
  ['echo({value: 5})', 5],
] as const)('%j gives %j', async ([program, value]) => {
  expect(await runProgram(program, scriptedHost())).toMatchObject({status: 'completed', value});
});

test.for([
  ['return () => 1', 'the result is a function'],
  ['return {a: {b: [echo]}}', 'the result.a.b[0] is a function'],
  ['const p = echo({}); return [p]', 'the result[0] is a promise'],
  ['const a = []; a.push(a); return a', 'the result[0] contains itself'],
  ['return /a/', 'the result is not plain data'],
  ['return Math', 'the result is not plain data'],
  ['return [1].values()', 'the result is not plain data'],
  ['let a = []; for (let i = 0; i < 5000; i++) a = [a]; return a', 'nested deeper'],
] as const)('%s is no result', async ([program, message]) => {
  const outcome = await runProgram(program, scriptedHost());
  expect(outcome).toMatchObject({status: 'failed', failure: {kind: 'InvalidResult'}});
  expect(outcome).toHaveProperty('failure.message', expect.stringContaining(message));
});

test('a lone surrogate outside of a text is a syntax error', async () => {
  const outcome = await runProgram('let a\ud800 = 1', scriptedHost());
  expect(outcome).toMatchObject({status: 'failed', failure: {kind: 'SyntaxError'}});
});

test.for(['return "x".repeat(10_000_000)', 'return Array(200).fill("x".repeat(50_000))'])(
  '10 MB as a result is refused by budget: %s',
  async (program) => {
    const outcome = await runProgram(program, scriptedHost());
    expect(outcome).toMatchObject({status: 'failed', failure: {kind: 'BudgetExceeded'}});
  },
);

test('a tool result of 10 MB is refused by budget', async () => {
  const host = scriptedHost({big: () => 'x'.repeat(10_000_000)});
  expect(await runProgram('(await big({})).length', host)).toMatchObject({failure: {kind: 'BudgetExceeded'}});
});

test('a tool result that is nested too deep fails as that call', async () => {
  const nested = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  const host = scriptedHost({deep: () => nested});
  expect(await runProgram('await deep({})', host)).toMatchObject({failure: {name: 'RangeError'}});
});
