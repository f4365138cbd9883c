import type {WorkflowFailedError} from '@temporalio/client';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {type AgentEnvironment, type AgentHandle, startAgents} from '../agent/environment.ts';
import {hostilePrograms} from '../interpreter/hostile-programs.ts';

const chosen = hostilePrograms.filter(({name}) => {
  return (
    process.env.TEST_LONG === '1' ||
    /^(additions|objects kept|Object.entries|awaits|sort with a callback, in a function)$/.test(name)
  );
});
const steps = 1_000_000;
const agent: AgentDefinition = {
  ...defaultAgent,
  limits: {program: {steps, stepsBetweenYields: steps / 2}},
};

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(defaultCapabilities, () => []);
});

afterAll(() => agents.close());

test(`${chosen.length} hostile programs end by a budget, and a harmless one gets its turn meanwhile`, {
  timeout: 600_000,
}, async () => {
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

async function expectNoFailedTask(handle: AgentHandle): Promise<void> {
  const {events} = await handle.fetchHistory();
  const failed = events?.filter((event) => {
    return event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes;
  });
  expect(failed).toEqual([]);
}
