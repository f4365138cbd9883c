import {expect, test} from 'vitest';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {hostilePrograms} from './hostile-programs.ts';
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
