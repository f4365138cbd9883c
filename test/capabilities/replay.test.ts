import {setTimeout as delay} from 'node:timers/promises';
import type {WorkflowFailedError} from '@temporalio/client';
import {ApplicationFailure} from '@temporalio/common';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {type ProgramOutcome, runProgram} from '../../workflows/interpreter/index.ts';
import {programsQuery} from '../../workflows/protocol/messages.ts';
import {type AgentEnvironment, type AgentHandle, replay, startAgents} from '../agent/environment.ts';
import {generateProgram, seededRandom} from '../interpreter/generate-program.ts';
import {chance} from './chance.ts';
import {recordedHost} from './recorded-host.ts';

const isLong = process.env.TEST_LONG === '1';
const batches = isLong ? 20 : 1;
const programsPerBatch = isLong ? 50 : 20;

const agent: AgentDefinition = {...defaultAgent, capabilities: [...defaultCapabilities, chance]};
let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(agent.capabilities, () => []);
});

afterAll(() => agents.close());

const count = batches * programsPerBatch;

test(`${count} random programs with random tools do the same when their worker is restarted`, {
  timeout: 600_000,
}, async () => {
  const totals = {calls: 0, restartedWithin: 0};
  for (let batch = 0; batch < batches; batch++) {
    const seeds = Array.from({length: programsPerBatch}, (_, index) => 1 + batch * programsPerBatch + index);
    const runs = await Promise.all(seeds.map((seed) => start(generateProgram(seed, 'draw'))));
    await delay(100 + seededRandom(batch)(500));
    totals.restartedWithin += await countOpen(runs);
    await agents.restartWorker();
    for (const run of runs) totals.calls += await compareWithPureRun(run);
    expect(await replay(await histories(runs))).toEqual([]);
  }
  console.log(
    `${count} programs with ${totals.calls} calls; ${totals.restartedWithin} were running when their worker went`,
  );
  expect(totals.calls).toBeGreaterThan(count);
  expect(totals.restartedWithin).toBeGreaterThan(0);
});

interface Run {
  program: string;
  handle: AgentHandle;
}

async function start(program: string): Promise<Run> {
  return {program, handle: await agents.start(agent, {prompt: '', program})};
}

async function countOpen(runs: Run[]): Promise<number> {
  const descriptions = await Promise.all(runs.map(({handle}) => handle.describe()));
  return descriptions.filter(({status}) => status.name === 'RUNNING').length;
}

async function histories(runs: Run[]) {
  return Promise.all(
    runs.map(async ({handle}) => ({workflowId: handle.workflowId, history: await handle.fetchHistory()})),
  );
}

/** Compares a run with one that no workflow had a part in. Gives the number of its calls. */
async function compareWithPureRun({program, handle}: Run): Promise<number> {
  const ending = await endingOf(handle);
  const [trace] = await handle.query(programsQuery);
  const pure = await runProgram(program, recordedHost(await handle.fetchHistory(), 't1.c1'));
  expect(ending, program).toEqual(pureEnding(pure));
  const calls = pure.status === 'aborted' ? [] : pure.calls;
  expect(trace?.calls, program).toEqual(calls);
  return calls.length;
}

async function endingOf(handle: AgentHandle): Promise<unknown> {
  try {
    return {value: (await handle.result()).value};
  } catch (error) {
    const {cause} = error as WorkflowFailedError;
    if (!(cause instanceof ApplicationFailure)) throw error;
    return {failure: cause.message};
  }
}

/** What `run_ptc` makes of an outcome. */
function pureEnding(outcome: ProgramOutcome): unknown {
  if (outcome.status === 'aborted') throw new Error('The program was aborted');
  const {logs} = outcome;
  if (outcome.status === 'failed') return {failure: `${outcome.failure.kind}: ${outcome.failure.message}`};
  return {value: logs.length > 0 ? {value: outcome.value, console: logs} : outcome.value};
}
