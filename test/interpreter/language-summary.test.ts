import {expect, test} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {describeTools} from '../../source/agent/describe-tools.ts';
import {createManifest} from '../../source/agent/manifest.ts';
import {makeGlobals} from '../../workflows/interpreter/builtins/globals.ts';
import {languageSummary, runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

test('the summary names every namespace and constructor that programs have', () => {
  const names = [...makeGlobals(new Map(), scriptedHost()).keys()];
  const types = names.filter(
    (name) => /^[A-Z][A-Za-z]+$/.test(name) && !/^(NaN|Infinity|Boolean|\w+Error)$/.test(name),
  );
  expect(types.filter((name) => !new RegExp(`\\b${name}\\b`).test(languageSummary))).toEqual([]);
});

test.for([
  'class A {}',
  'this',
  'import("a")',
  'eval("1")',
  'new Date()',
  'setTimeout(f)',
  'fetch("a")',
  'other',
])('what the summary leaves out is refused: %s', async (program) => {
  const outcome = await runProgram(`const f = 1;\n${program}`, scriptedHost());
  expect(outcome).toMatchObject({status: 'failed', failure: {hint: expect.any(String)}});
});

test('what a model reads of run_ptc takes at most 3 kB', () => {
  const tools = describeTools(createManifest(defaultAgent).tools);
  const description = tools.find(({name}) => name === 'run_ptc')?.description ?? '';
  expect(description).toContain(languageSummary);
  expect(description.length).toBeLessThanOrEqual(3000);
});
