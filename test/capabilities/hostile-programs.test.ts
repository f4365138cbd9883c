import type {WorkflowFailedError} from '@temporalio/client';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type AgentDefinition, capabilitiesOf} from '../../source/agent/define-agent.ts';
import {type AgentEnvironment, type AgentHandle, replay, startAgents} from '../agent/environment.ts';
import {hostilePrograms} from '../interpreter/hostile-programs.ts';

const quick = [
  'additions',
  'objects kept',
  'Object.entries',
  'awaits',
  'sort with a callback, in a function',
];
const chosen = hostilePrograms.filter(({name}) => process.env.TEST_LONG === '1' || quick.includes(name));
const steps = 1_000_000;
const agent: AgentDefinition = {
  ...defaultAgent,
  limits: {program: {steps, stepsBetweenYields: steps / 2}},
};

/** The prompt is the calls of the first turn; the answer is what came of them. */
const script: ModelScript = ({prompt}) => [
  {calls: JSON.parse(prompt)},
  {answer: (results) => JSON.stringify(results.map(({result, failure}) => failure?.message ?? result))},
];

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(defaultAgent), script);
});

afterAll(() => agents.close());

test(`${chosen.length} hostile programs end by a budget, and a harmless one gets its turn meanwhile`, {
  timeout: 600_000,
}, async () => {
  expect(hostilePrograms.map(({name}) => name)).toEqual(expect.arrayContaining(quick));
  const hostile: AgentHandle[] = [];
  for (const {source} of chosen) hostile.push(await agents.start(agent, {prompt: '', program: source}));
  const harmless = await agents.start(agent, {prompt: '', program: 'await list_files({}); "done"'});
  expect((await harmless.result()).value).toBe('done');
  for (const [index, handle] of hostile.entries()) {
    const error = (await handle.result().catch((reason: unknown) => reason)) as WorkflowFailedError;
    expect(error.cause?.message, chosen[index]?.name).toMatch(/^BudgetExceeded: budget \w+: /);
    await expectNoFailedTask(handle);
  }
});

test('programs of one turn share the steps of a workflow task', async () => {
  const code = 'let n = 0; while (n < 100000) n++; return n';
  const calls = Array.from({length: 8}, () => ({name: 'run_ptc', input: {code}}));
  const handle = await agents.start(agent, {prompt: JSON.stringify(calls)});
  expect(JSON.parse((await handle.result()).answer)).toEqual(calls.map(() => 100_000));
  await expectNoFailedTask(handle);
  const history = await handle.fetchHistory();
  const timers = history.events?.filter((event) => event.timerStartedEventAttributes) ?? [];
  expect(timers.length).toBeGreaterThan(0);
  expect(await replay([{workflowId: handle.workflowId, history}])).toEqual([]);
});

test('programs of one run end where they have taken too many steps together', async () => {
  const code = 'let n = 0; while (n < 100000) n++; return n';
  const calls = Array.from({length: 4}, () => ({name: 'run_ptc', input: {code}}));
  const limits = {...agent.limits, programSteps: 300_000};
  const handle = await agents.start({...agent, limits}, {prompt: JSON.stringify(calls)});
  const answers = JSON.parse((await handle.result()).answer) as unknown[];
  expect(answers[0]).toBe(100_000);
  expect(answers[3]).toContain('budget programSteps');
});

async function expectNoFailedTask(handle: AgentHandle): Promise<void> {
  const {events} = await handle.fetchHistory();
  const failed = events?.filter((event) => {
    return event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes;
  });
  expect(failed).toEqual([]);
}
