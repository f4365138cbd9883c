import {status} from '@grpc/grpc-js';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, SessionUpdate} from '../../source/session/session.ts';
import {type Answer, startTold, type ToldServer} from './told-server.ts';

// A server that says what is told, and a clock that goes on when it is told to: a look comes after seconds or minutes.
const scheduled = 1_000_000;
const waitingTask = {pendingWorkflowTask: {state: 1, scheduledTime: {seconds: scheduled}}};
const waitingActivity = {pendingActivities: [{state: 1, scheduledTime: {seconds: scheduled}}]};
const taskStarted = {eventType: 6};
const activityStarted = {eventType: 11};
const completed = {eventType: 2};
const signaled = {eventType: 26};

let server: ToldServer;
let session: Session;
let updates: SessionUpdate[];
/** Lets the next page of the workflow's history arrive. */
let happen: (answer: object) => void;

beforeEach(async () => {
  server = await startTold();
  const answers: Answer[] = [];
  let arrive = () => {};
  happen = (answer) => {
    answers.push(answer);
    arrive();
  };
  server.tell.GetWorkflowExecutionHistory = async () => {
    if (answers.length === 0) await new Promise<void>((resolve) => (arrive = resolve));
    return answers.shift() as Answer;
  };
  describeAs(waitingTask);
  const settings = {
    server: {address: server.address, namespace: 'default'},
    agent: defaultAgent,
    taskQueue: 'q',
  };
  session = await openSession(settings);
  updates = [];
  session.subscribe((update) => updates.push(update));
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']});
  let eventId = 0;
  const page = happen;
  happen = (answer) => {
    if (!('eventType' in answer)) return page(answer);
    eventId += 1;
    // A history goes on after each page but the last.
    const nextPageToken = answer.eventType === completed.eventType ? '' : 'bW9yZQ==';
    page({history: {events: [{...answer, eventId}]}, nextPageToken});
  };
  happen({eventType: 1});
  await session.attach('w');
  await told('events');
});

afterEach(async () => {
  vi.useRealTimers();
  await session.close();
});

/** What the server says of the workflow. */
function describeAs(pending: object, taskQueue = 'its queue') {
  server.tell.DescribeWorkflowExecution = () => ({
    executionConfig: {taskQueue: {name: taskQueue}},
    workflowExecutionInfo: {
      execution: {workflowId: 'w', runId: 'r'},
      firstRunId: 'r',
      type: {name: 'durableAgent'},
      startTime: {},
      status: 1,
      taskQueue,
    },
    ...pending,
  });
}

const looks = () => server.requestsOf('DescribeWorkflowExecution').length - 1;
const asked = () => server.requestsOf('DescribeTaskQueue');
const queueUpdates = () => updates.filter(({type}) => type === 'queue');
/** Until it happens that is no matter of the clock: bytes on their way. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}
const told = (type: SessionUpdate['type'], count = 1) =>
  until(() => updates.filter((update) => update.type === type).length >= count);
/** What is on its way arrives: the server is asked something else, and answers. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await session.cancel('other');
}

/** Lets time pass until just before the next look, and then lets it look. */
async function nextLook(after: number): Promise<void> {
  const before = looks();
  await vi.advanceTimersByTimeAsync(after * 1000 - 1);
  await settle();
  expect(looks()).toBe(before);
  await vi.advanceTimersByTimeAsync(1);
  await until(() => looks() > before);
  await settle();
}

const unpolled = {
  type: 'queue',
  state: 'unpolled',
  workflowId: 'w',
  message: expect.stringMatching(/^No worker polls its queue\. Start one: durable-tui worker .*'its queue'$/),
};
const polled = {type: 'queue', state: 'polled', workflowId: 'w', message: ''};

describe('a run that waits for a worker', () => {
  it('is told once, and looked at less and less often', async () => {
    for (const after of [3, 6, 12, 24, 48, 60, 60]) await nextLook(after);
    expect(queueUpdates()).toEqual([unpolled]);
    expect(asked()[0]).toMatchObject({
      namespace: 'default',
      taskQueue: {name: 'its queue'},
      taskQueueType: 1,
    });
    expect(server.requestsOf('DescribeWorkflowExecution').at(-1)).toMatchObject({
      execution: {workflowId: 'w'},
    });
  });

  it('waits for an activity as well', async () => {
    describeAs(waitingActivity);
    await nextLook(3);
    expect(asked()[0]).toMatchObject({taskQueueType: 2});
    expect(queueUpdates()).toEqual([unpolled]);
  });

  it.each([
    ['has been taken', {pendingWorkflowTask: {state: 2}}, 'q'],
    ['is an activity that runs', {pendingActivities: [{state: 2}]}, 'q'],
    [
      'is an activity that is tried later',
      {pendingActivities: [{state: 1, nextAttemptScheduleTime: {}}]},
      'q',
    ],
    ['is not there', {}, 'q'],
    ['has no queue', waitingTask, ''],
  ])('does not wait for a worker where its task %s', async (_what, pending, taskQueue) => {
    describeAs(pending, taskQueue);
    await nextLook(3);
    expect(asked()).toEqual([]);
    expect(queueUpdates()).toEqual([]);
    await nextLook(6);
  });

  it('has a worker where one polled shortly before its task, and later only where one has polled since', async () => {
    const pollers = (...times: number[]) => {
      server.tell.DescribeTaskQueue = () => ({
        pollers: times.map((time) => ({lastAccessTime: {seconds: scheduled + time}})),
      });
    };
    pollers(-300, -64);
    await nextLook(3);
    pollers(1);
    await nextLook(6);
    expect(queueUpdates()).toEqual([]);
    pollers(0, -64);
    await nextLook(12);
    expect(queueUpdates()).toEqual([unpolled]);
  });

  it('has none where the last poll is too long ago', async () => {
    server.tell.DescribeTaskQueue = () => ({pollers: [{lastAccessTime: {seconds: scheduled - 65}}]});
    await nextLook(3);
    expect(queueUpdates()).toEqual([unpolled]);
  });

  it('is looked at again where it could not be found out', async () => {
    server.tell.DescribeTaskQueue = () => ({code: status.PERMISSION_DENIED, details: 'no'});
    await nextLook(3);
    expect(queueUpdates()).toEqual([]);
    delete server.tell.DescribeTaskQueue;
    await nextLook(6);
    expect(queueUpdates()).toEqual([unpolled]);
  });
});

describe('a run in which something happens', () => {
  it.each([
    ['a workflow task', taskStarted],
    ['an activity', activityStarted],
    ['its end', {eventType: 27, workflowExecutionTerminatedEventAttributes: {}}],
  ])('goes on with %s', async (_what, event) => {
    await nextLook(3);
    happen(event);
    await told('events', 2);
    await told('queue', 2);
    expect(queueUpdates()).toEqual([unpolled, polled]);
  });

  it('still waits where nobody has taken its task, and is not told again', async () => {
    await nextLook(3);
    happen(signaled);
    await told('events', 2);
    await nextLook(3);
    expect(queueUpdates()).toEqual([unpolled]);
    happen(taskStarted);
    await told('queue', 2);
  });

  it('may wait again, which is told again', async () => {
    await nextLook(3);
    happen(taskStarted);
    await told('queue', 2);
    happen(taskStarted);
    await told('events', 3);
    expect(queueUpdates()).toEqual([unpolled, polled]);
    await nextLook(3);
    expect(queueUpdates()).toEqual([unpolled, polled, unpolled]);
  });

  it('is not quiet while events come', async () => {
    await vi.advanceTimersByTimeAsync(2000);
    happen(signaled);
    await told('events', 2);
    await nextLook(3);
  });

  it('is not told what was true before', async () => {
    let answer = (_: Answer) => {};
    server.tell.DescribeTaskQueue = () => new Promise((resolve) => (answer = resolve));
    await vi.advanceTimersByTimeAsync(3000);
    await until(() => asked().length > 0);
    happen(taskStarted);
    await told('events', 2);
    answer({});
    await settle();
    expect(queueUpdates()).toEqual([]);
  });
});

describe('no look is taken any more', () => {
  const quietFor = async (time: number) => {
    const before = looks();
    await vi.advanceTimersByTimeAsync(time);
    await settle();
    expect(looks()).toBe(before);
  };

  it('at a run that has ended', async () => {
    happen(completed);
    await told('closed');
    await quietFor(200_000);
  });

  it('at one that cannot be followed', async () => {
    happen({code: status.PERMISSION_DENIED, details: 'no'});
    await told('unfollowable');
    await quietFor(200_000);
  });

  it('by a session that is closed', async () => {
    const before = looks();
    await session.close();
    await vi.advanceTimersByTimeAsync(200_000);
    expect(looks()).toBe(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('a server that was away is given time to hear of its workers', async () => {
  let isAway = true;
  server.tell.GetSystemInfo = () => (isAway ? {code: status.PERMISSION_DENIED, details: 'away'} : {});
  happen({code: status.UNAVAILABLE, details: 'away'});
  await told('connection');
  isAway = false;
  await told('connection', 2);
  const before = looks();
  for (let time = 0; time < 18; time += 3) {
    await vi.advanceTimersByTimeAsync(3000);
    await settle();
  }
  expect(looks()).toBe(before);
  await vi.advanceTimersByTimeAsync(3000);
  await until(() => looks() > before);
  await told('queue');
});
