import {expect, test} from 'vitest';
import {type ProgramOutcome, runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

async function outcomeOf(source: string): Promise<{outcome: ProgramOutcome; log: string[]}> {
  const host = scriptedHost();
  return {outcome: await runProgram(source, host), log: host.log};
}

test.for([
  ['', null],
  ['// nothing', null],
  ['1 + 2', 3],
  ['return [1, 2].map((x) => x * 2)', [2, 4]],
  ['const r = []; for (const value of [1, 2]) r.push(await echo({value})); r.join("-")', '1-2'],
  ['await gather(echo({value: 1}), echo({value: 2}))', [1, 2]],
  ['const one = async (value) => (await echo({value})) + 1; await Promise.all([1, 2].map(one))', [2, 3]],
  ['const o = {a: {b: 1}}; o?.a?.b + (o.c?.d ?? 5)', 6],
  ['let s = 0; for (let i = 0; i < 10; i++) s += i; s', 45],
  ['const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i); fs.map((f) => f())', [0, 1, 2]],
  [
    'try { await fail({message: "no"}) } catch (e) { [e.name, e.message, e.tool, e.call] }',
    ['ToolExecutionError', 'no', 'fail', 1],
  ],
  ['(await echo({value: 3})) + (await echo({value: 4})) * 2', 11],
] as const)('%s gives %j', async ([source, value]) => {
  const {outcome} = await outcomeOf(source);
  expect(outcome).toMatchObject({status: 'completed', value});
});

// As arguments of a host's method, so many would overflow its stack, sooner on one machine than on another.
test.for([
  ['a.unshift(...a)', 400_000],
  ['a.splice(1, 0, ...a); a.length', 400_000],
  ['[1].toSpliced(0, 0, ...a).length', 200_001],
] as const)('takes 200,000 arguments: %s', async ([source, value]) => {
  const {outcome} = await outcomeOf(`const a = Array.from({length: 200000}, (_, index) => index); ${source}`);
  expect(outcome).toMatchObject({status: 'completed', value});
});

test('a failing member of a gather cancels its siblings, and the failure waits for them', async () => {
  const {outcome, log} = await outcomeOf('await gather(hang({}), fail({message: "no"}), hang({}))');
  expect(log).toEqual(['start 1 hang', 'start 2 fail', 'start 3 hang', 'cancel 1', 'cancel 3']);
  expect(outcome).toMatchObject({
    status: 'failed',
    failure: {kind: 'ToolError', name: 'ToolExecutionError', message: 'no', position: {line: 1, column: 24}},
    calls: [{status: 'cancelled'}, {status: 'failed'}, {status: 'cancelled'}],
  });
});

test.for([
  ['class A {}', 'UnsupportedSyntax'],
  ['const x = ;', 'SyntaxError'],
  ['} async () => {', 'SyntaxError'],
  ['Date.now()', 'UnsupportedSyntax'],
])('%s is refused before anything runs', async ([bad, kind]) => {
  const {outcome, log} = await outcomeOf(`await echo({});\n${bad}`);
  expect(outcome).toMatchObject({status: 'failed', failure: {kind, position: {line: 2}}});
  expect(log).toEqual([]);
});

test('an endless loop yields once, then ends by its budget', async () => {
  const {outcome, log} = await outcomeOf('while (true) {}');
  expect(log).toEqual(['yield']);
  expect(outcome).toMatchObject({status: 'failed', failure: {kind: 'BudgetExceeded'}});
});
