import {expect, test} from 'vitest';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {collidingKeys, hostilePrograms} from './hostile-programs.ts';
import {scriptedHost} from './scripted-host.ts';

// Short of the default, so that they all fit into seconds; `npm run bench` runs some with all of it.
const steps = process.env.TEST_LONG === '1' ? 2_000_000 : 50_000;
const ending = /^budget (steps|stepsBetweenYields|arrayLength|stringLength|recursion): /;

test(`${hostilePrograms.length} hostile programs end by a budget that is named`, {
  timeout: 600_000,
}, async () => {
  for (const {name, source} of hostilePrograms) {
    const host = {...scriptedHost(), searchTools: () => []};
    const outcome = await runProgram(source, host, {steps, stepsBetweenYields: steps / 2});
    expect(outcome, name).toMatchObject({status: 'failed', failure: {kind: 'BudgetExceeded'}});
    expect(outcome, name).toHaveProperty('failure.message', expect.stringMatching(ending));
  }
  console.log(`${hostilePrograms.length} hostile programs, ${steps} steps each`);
});

const gaps = 'const m = new Map(); for (let i = 0; i < 200000; i++) m.set(i, 0)';
const marks = 'const s = "a" + "\\u0301\\u0323".repeat(60000)';

// Each call takes the host from seconds to minutes, which no step interrupts.
test.for([
  ['s.normalize()', marks],
  ['s.normalize("NFKD")', 'const s = "\\uff9e\\u0334".repeat(60000)'],
  ['s.normalize("NFD")', 'const s = "\\u0344\\u0334".repeat(60000)'],
  ['s.localeCompare("\u00e1")', marks],
  ['"\u00e1".localeCompare(s)', marks],
  ['[s, s + "b"].sort((x, y) => x.localeCompare(y, "en", {numeric: true}))', marks],
  [
    'for (let i = 0; i < 100000; i++) m.has(k[i % 10000])',
    `${collidingKeys}; for (const x of k) m.set(x, 1)`,
  ],
  ['for (let i = 0; i < 1000; i++) s.isSubsetOf(s)', `${collidingKeys}; const s = new Set(k)`],
  [
    'for (let i = 0; i < 20000; i++) m.keys().next()',
    `${gaps}; for (let i = 0; i < 140000; i++) m.delete(i)`,
  ],
])('%s is paid for before it is done', async ([call, setUp]) => {
  const outcome = await runProgram(`${setUp}; ${call}`, scriptedHost());
  expect(outcome).toHaveProperty('failure.message', expect.stringMatching(/^budget steps: /));
});

test.for([
  ['"\\u0301".repeat(30).normalize()', 100],
  ['new Map(Array.from({length: 100000}, (_, i) => [i * 64, i])).get(64)', 2_500_000],
  [
    'const m = new Map(); for (let i = 0; i < 1000; i++) { m.set(i, i); m.delete(m.keys().next().value) }',
    60_000,
  ],
] as const)('%s costs no more than usual', async ([program, steps]) => {
  expect(await runProgram(program, scriptedHost(), {steps})).toHaveProperty('status', 'completed');
});
