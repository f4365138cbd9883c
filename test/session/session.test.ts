import {setTimeout as delay} from 'node:timers/promises';
import {Client, Connection} from '@temporalio/client';
import {afterAll, beforeAll, beforeEach, describe, expect, it, vi} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {fetchFamily} from '../../source/session/fetch-family.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, SessionUpdate} from '../../source/session/session.ts';

// A worker by hand: it polls the queue of the test and answers what that says.
const namespace = 'default';
const taskQueue = {name: ''};

let server: EmbeddedServer;
let client: Client;
let session: Session;
let updates: SessionUpdate[];

beforeAll(async () => {
  server = await startEmbeddedServer();
  client = new Client({connection: await Connection.connect({address: server.address})});
});

afterAll(async () => {
  await client.connection.close();
  await server.close();
});

beforeEach(async ({task}) => {
  taskQueue.name = task.name;
  session = await openSession({
    server: {address: server.address, namespace},
    agent: defaultAgent,
    taskQueue: taskQueue.name,
  });
  updates = [];
  session.subscribe((update) => updates.push(update));
  return () => session.close();
});

type Command = NonNullable<
  Parameters<Client['workflowService']['respondWorkflowTaskCompleted']>[0]['commands']
>;

/** Waits for what is to happen, however busy the machine is. */
const happens = (expectation: () => void) => vi.waitFor(expectation, 60_000);

async function work(commands: Command): Promise<void> {
  const {taskToken} = await client.workflowService.pollWorkflowTaskQueue({namespace, taskQueue});
  await client.workflowService.respondWorkflowTaskCompleted({namespace, taskToken, commands});
}

const payloads = (value: unknown) => ({
  payloads: [{metadata: {encoding: Buffer.from('json/plain')}, data: Buffer.from(JSON.stringify(value))}],
});
const complete = (value: unknown): Command => [
  {commandType: 4, completeWorkflowExecutionCommandAttributes: {result: payloads(value)}},
];
const schedule = (activityId: string): Command => [
  {
    commandType: 1,
    scheduleActivityTaskCommandAttributes: {
      activityId,
      activityType: {name: 'sandbox.write_file'},
      taskQueue,
      startToCloseTimeout: {seconds: 60 as never},
      retryPolicy: {initialInterval: {seconds: 60 as never}},
    },
  },
];
const spawn = (workflowId: string, retryPolicy?: {maximumAttempts: number}): Command => [
  {
    commandType: 11,
    startChildWorkflowExecutionCommandAttributes: {
      namespace,
      workflowId,
      parentClosePolicy: 2,
      workflowType: {name: 'durableAgent'},
      taskQueue,
      ...(retryPolicy && {retryPolicy}),
    },
  },
];

/** Takes the tasks in which a parent hears that its child has started, and the child begins. */
async function twoTasks(): Promise<(workflowId: string, commands: Command) => Promise<unknown>> {
  const tasks = new Map<string, Uint8Array>();
  while (tasks.size < 2) {
    const task = await client.workflowService.pollWorkflowTaskQueue({namespace, taskQueue});
    tasks.set(task.workflowExecution?.workflowId ?? '', task.taskToken);
  }
  return (workflowId, commands) =>
    client.workflowService.respondWorkflowTaskCompleted({
      namespace,
      taskToken: tasks.get(workflowId) ?? null,
      commands,
    });
}

const closed = (workflowId: string) =>
  happens(() =>
    expect(
      updates.find((update) => update.type === 'closed' && update.workflowId === workflowId),
    ).toBeTruthy(),
  );
const eventTypes = (workflowId: string) =>
  updates.flatMap((update) =>
    update.type === 'events' && update.workflowId === workflowId
      ? update.events.map(({eventType}) => eventType.replace('WorkflowExecution', ''))
      : [],
  );

describe('a session', () => {
  it('starts a run and follows it to its end', async () => {
    const {workflowId, runId} = await session.start({prompt: 'hello'});
    await work(complete({answer: 'done'}));
    await closed(workflowId);
    expect(updates.at(-1)).toEqual({
      type: 'closed',
      workflowId,
      result: {status: 'completed', answer: 'done'},
    });
    expect(eventTypes(workflowId)).toEqual([
      'Started',
      'WorkflowTaskScheduled',
      'WorkflowTaskStarted',
      'WorkflowTaskCompleted',
      'Completed',
    ]);
    expect(await session.attach(workflowId)).toEqual({
      workflowId,
      runId,
      taskQueue: taskQueue.name,
      isOpen: false,
    });
    expect(JSON.parse(await session.historyJson(workflowId)).events).toHaveLength(5);
    const [newest] = await session.list(1);
    expect(newest).toMatchObject({workflowId, runId, status: 'completed', taskQueue: taskQueue.name});
    expect(newest?.endTime).toBeGreaterThanOrEqual(newest?.startTime ?? Number.POSITIVE_INFINITY);
  });

  it('follows what a run starts, and through continue-as-new', async () => {
    const {workflowId} = await session.start({prompt: 'hello'});
    const child = `${workflowId}/t1.c1`;
    await work(spawn(child));
    const answer = await twoTasks();
    await answer(workflowId, [
      {
        commandType: 10,
        continueAsNewWorkflowExecutionCommandAttributes: {workflowType: {name: 'durableAgent'}, taskQueue},
      },
    ]);
    await answer(child, complete({answer: 'from the child'}));
    await work(complete({answer: 'done'}));
    await closed(workflowId);
    expect(updates.filter(({type}) => type === 'closed')).toHaveLength(1);
    expect(eventTypes(workflowId)).toEqual(expect.arrayContaining(['ContinuedAsNew', 'Completed']));
    expect(eventTypes(child)).toContain('Started');
    const family = await fetchFamily({address: server.address, namespace}, workflowId);
    expect(family.map(({workflowId: id}) => id)).toEqual([workflowId, child, workflowId]);
    const runs = (await session.list(100)).filter((run) => run.workflowId.startsWith(workflowId));
    expect(runs.map(({workflowId: id}) => id)).toEqual([workflowId]);
  });

  it('follows a run that is tried again, and fetches its next run with it', async () => {
    const {workflowId} = await session.start({prompt: 'hello'});
    const child = `${workflowId}/t1.c1`;
    await work(spawn(child, {maximumAttempts: 2}));
    const answer = await twoTasks();
    await answer(workflowId, []);
    await answer(child, [
      {commandType: 5, failWorkflowExecutionCommandAttributes: {failure: {message: 'not yet'}}},
    ]);
    // The next run of the child, then its parent.
    await work(complete({answer: 'from the second run'}));
    await work(complete({answer: 'done'}));
    await closed(workflowId);
    expect(eventTypes(child)).toEqual(expect.arrayContaining(['Failed', 'Completed']));
    const family = await fetchFamily({address: server.address, namespace}, workflowId);
    expect(family.map(({workflowId: id}) => id)).toEqual([workflowId, child, child]);
    const [, first, second] = family.map(({history}) => history.events);
    expect(first?.at(-1)?.workflowExecutionFailedEventAttributes?.newExecutionRunId).not.toBe('');
    expect(second?.at(-1)?.workflowExecutionCompletedEventAttributes).toBeTruthy();
  });

  it('tells how activities in flight are doing, until they are over', async () => {
    const {workflowId} = await session.start({prompt: 'hello'});
    await work(schedule('t1.c1'));
    const pending = () => updates.flatMap((update) => (update.type === 'pending' ? update.pending : []));
    await happens(() =>
      expect(pending().at(-1)).toEqual({activityId: 't1.c1', attempt: 1, state: 'scheduled'}),
    );
    const task = await client.workflowService.pollActivityTaskQueue({namespace, taskQueue, identity: 'me'});
    const {taskToken} = task;
    await client.workflowService.recordActivityTaskHeartbeat({
      namespace,
      taskToken,
      details: payloads({tail: 'so far', offset: 0}),
    });
    await happens(() =>
      expect(pending().at(-1)).toEqual({
        activityId: 't1.c1',
        attempt: 1,
        state: 'started',
        worker: 'me',
        streamedText: {tail: 'so far', offset: 0},
      }),
    );
    await client.workflowService.respondActivityTaskFailed({
      namespace,
      taskToken,
      failure: {message: 'broken'},
    });
    await happens(() =>
      expect(pending().at(-1)).toMatchObject({
        attempt: 2,
        state: 'scheduled',
        lastFailure: 'broken',
        nextAttemptTime: expect.any(Number),
      }),
    );
    const reports = updates.filter(({type}) => type === 'pending').length;
    await delay(500);
    expect(updates.filter(({type}) => type === 'pending')).toHaveLength(reports);
    await client.workflow.getHandle(workflowId).terminate('enough');
    await happens(() =>
      expect(updates.filter(({type}) => type === 'pending').at(-1)).toMatchObject({workflowId, pending: []}),
    );
    await closed(workflowId);
    expect(updates.at(-1)).toMatchObject({result: {status: 'terminated', error: 'enough'}});
  });

  it('cancels a run, and says what cannot be done', async () => {
    const {workflowId} = await session.start({program: '1 + 1'});
    await session.cancel(workflowId);
    await happens(() => expect(eventTypes(workflowId)).toContain('CancelRequested'));
    await client.workflow.getHandle(workflowId).terminate();
    await expect(session.cancel('nobody')).rejects.toThrow('The server does not know this run any more');
    await expect(session.attach('nobody')).rejects.toThrow(
      'There is no workflow "nobody" on this server. Check id and namespace.',
    );
    const family = fetchFamily({address: server.address, namespace}, 'nobody');
    await expect(family).rejects.toThrow(
      `There is no workflow "nobody" on ${server.address}, and no such file.`,
    );
  });
});
