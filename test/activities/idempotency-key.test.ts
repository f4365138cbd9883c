import {Context} from '@temporalio/activity';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defineCapability, tool} from '../../activities/define.ts';
import {ToolRetryableError} from '../../activities/errors.ts';
import type {ModelScript, ScriptedStep} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {type AgentEnvironment, type AgentHandle, startAgents} from '../agent/environment.ts';
import {startRealServer} from '../agent/real-server.ts';
import {patience} from '../patience.ts';
import {findTemporal} from '../server/find-temporal.ts';

const temporal = findTemporal();

/** What a payment was made with. */
interface Payment {
  /** Workflow id and call id: where the call stands. */
  place: string;
  runId: string;
  attempt: number;
  key: string;
}

const payments: Payment[] = [];
/** On a busy machine what is waited for takes its time. */
const patient = {timeout: patience};
const held = Promise.withResolvers<void>();

const till = defineCapability({
  name: 'till',
  tools: {
    pay: tool({
      description: 'Pays, at the second attempt.',
      input: z.object({}),
      activity: {retry: {initialInterval: 10}},
      async run(_, {workflowId, callId, attempt, idempotencyKey}) {
        const runId = Context.current().info.workflowExecution?.runId ?? '';
        payments.push({place: `${workflowId} ${callId}`, runId, attempt, key: idempotencyKey});
        if (attempt === 1) throw new ToolRetryableError('The line is busy.');
      },
    }),
    pay_late: tool({
      description: 'Pays and is in no hurry to say so.',
      input: z.object({}),
      async run(_, {workflowId, callId, attempt, idempotencyKey}) {
        const runId = Context.current().info.workflowExecution?.runId ?? '';
        payments.push({place: `${workflowId} ${callId}`, runId, attempt, key: idempotencyKey});
        await held.promise;
      },
    }),
  },
});

const agent: AgentDefinition = {
  ...defaultAgent,
  capabilities: [...defaultCapabilities, till],
};

const pay = {name: 'pay', input: {}};
const program = {name: 'run_ptc', input: {code: 'await gather(pay({}), pay({})); await pay({})'}};

const script: ModelScript = ({agent: name, prompt}): readonly ScriptedStep[] => {
  if (name === 'generic') return [{calls: [pay, program]}, {answer: 'paid'}];
  if (prompt === 'late') return [{calls: [pay, {name: 'pay_late', input: {}}]}, {answer: 'paid'}];
  const spawn = {name: 'spawn', input: {agent_name: 'generic', task: 'Pay.'}};
  return [{calls: [pay, spawn, spawn, program]}, {calls: [pay]}, {calls: [pay, program]}, {answer: 'paid'}];
};

/** Fails where two calls share a key, or two attempts of one call do not. */
function expectOneKeyEach(): void {
  const byPlace = Map.groupBy(payments, ({place}) => place);
  const keys = [...byPlace.values()].map((attempts) => [...new Set(attempts.map(({key}) => key))]);
  expect(keys.filter(({length}) => length !== 1)).toEqual([]);
  expect(new Set(keys.flat()).size).toBe(byPlace.size);
}

describe('context.idempotencyKey', () => {
  let agents: AgentEnvironment;
  beforeAll(async () => {
    agents = await startAgents(agent.capabilities, script);
  });
  afterAll(() => agents.close());

  it('is one for all attempts of a call, and another for every other call', async () => {
    const runs = await Promise.all([1, 2].map(() => agents.start(agent, {prompt: 'now'})));
    await Promise.all(runs.map((run) => run.result()));
    // In each of two runs: nine calls of its own, and four of each of two subagents.
    expect(new Set(payments.map(({place}) => place)).size).toBe(2 * (9 + 2 * 4));
    expect(payments.filter(({attempt}) => attempt === 2).length).toBe(2 * (9 + 2 * 4));
    expect(payments.every(({key}) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
    expectOneKeyEach();
  });

  it('stays what it is where the run continues as new', async () => {
    payments.length = 0;
    const run = await agents.start({...agent, limits: {events: 5}}, {prompt: 'now'});
    await run.result();
    // The third turn runs in the third run of the chain, and pays again in the places of an id that was used.
    expect(new Set(payments.map(({runId}) => runId)).size).toBeGreaterThanOrEqual(3);
    expectOneKeyEach();
    // Told by the workflow, so that no server need know it.
    const {runId} = payments.find(({place}) => place === `${run.workflowId} t3.c1`) as Payment;
    const third = await activityInputs(agents.client.workflow.getHandle(run.workflowId, runId));
    expect(third['t3.c1']).toEqual([{}, {firstRunId: run.firstExecutionRunId}]);
  });

  it('differs where a workflow id is used again', async () => {
    payments.length = 0;
    for (const _ of [1, 2]) {
      const run = await agents.start(agent, {prompt: 'now'}, 'the-same-id');
      await run.result();
    }
    const first = payments.filter(({place, attempt}) => place === 'the-same-id t1.c1' && attempt === 1);
    expect(first.length).toBe(2);
    expect(first[0]?.key).not.toBe(first[1]?.key);
  });

  it('takes no room in the history of a run that did not continue as new', async () => {
    const run = await agents.start(agent, {prompt: 'now'});
    await run.result();
    expect((await activityInputs(run))['t1.c1']).toEqual([{}]);
    expect((await activityInputs(run))['t1.c4.1']).toEqual([{}, {line: 1}]);
  });
});

describe.skipIf(!temporal)('context.idempotencyKey where a run is reset (on the real server)', () => {
  it('stays what it is, for calls that are made again and for those in flight', async () => {
    payments.length = 0;
    const agents = await startAgents(agent.capabilities, script, {
      startServer: () => startRealServer(temporal as string),
    });
    try {
      const run = await agents.start(agent, {prompt: 'late'});
      await expect.poll(() => workflowTasks(agents, run.workflowId), patient).toHaveLength(3);
      // At the task after the payment: the late one is in flight. At the one before: both are made again.
      for (const task of [2, 1]) {
        const before = payments.length;
        await reset(agents, run, (await workflowTasks(agents, run.workflowId))[task] as number);
        await expect
          .poll(() => payments.slice(before).map(({place}) => place), patient)
          .toContain(`${run.workflowId} t1.c2`);
      }
      held.resolve();
      await agents.client.workflow.getHandle(run.workflowId).result();
      const late = payments.filter(({place}) => place.endsWith('t1.c2'));
      expect(new Set(late.map(({runId}) => runId)).size).toBe(3);
      expectOneKeyEach();
    } finally {
      await agents.close();
    }
  });
});

/** What each activity was given, by its id. */
async function activityInputs(run: Pick<AgentHandle, 'fetchHistory'>): Promise<Record<string, unknown[]>> {
  const {events} = await run.fetchHistory();
  const scheduled = (events ?? []).flatMap(({activityTaskScheduledEventAttributes: each}) => each ?? []);
  return Object.fromEntries(
    scheduled.map(({activityId, input}) => [
      activityId,
      input?.payloads?.map(({data}) => JSON.parse(Buffer.from(data ?? []).toString())) ?? [],
    ]),
  );
}

/** Ids of the events by which the current run's workflow tasks were completed. */
async function workflowTasks({client}: AgentEnvironment, workflowId: string): Promise<number[]> {
  const {events} = await client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? [])
    .filter((event) => event.workflowTaskCompletedEventAttributes)
    .map(({eventId}) => Number(eventId));
}

async function reset(agents: AgentEnvironment, run: AgentHandle, eventId: number): Promise<void> {
  await agents.client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: {workflowId: run.workflowId},
    workflowTaskFinishEventId: eventId as never,
    requestId: `reset-${eventId}`,
    reason: 'a test',
  });
}
