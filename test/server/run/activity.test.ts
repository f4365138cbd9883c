import {describe, expect, it} from 'vitest';
import {
  cancelActivity,
  completeActivity,
  expirationOf,
  failActivity,
  keepHeartbeatDetails,
  recordHeartbeat,
  requestCancelActivity,
  scheduleActivity,
  startActivity,
  timeOutActivity,
  wakeActivity,
} from '../../../source/server/run/activity.ts';
import type {Change} from '../../../source/server/run/change.ts';
import type {Activity} from '../../../source/server/run/pending.ts';
import {TimeoutType} from '../../../source/server/wire/enums.ts';
import type {EventAttributes, Payloads} from '../../../source/server/wire/proto.ts';
import {poller, Scene, seconds} from './scene.ts';

const retryPolicy = {initialInterval: seconds(1), backoffCoefficient: 2, maximumInterval: seconds(10)};
const once = {retryPolicy: {...retryPolicy, maximumAttempts: 1}};
const failed = {message: 'broken', applicationFailureInfo: {type: 'Broken'}};
const payloads = (text: string) => ({payloads: [{data: text}]}) as unknown as Payloads;

/** A run whose first workflow task, events 2 to 4, schedules an activity with event 5. */
function scheduled(attributes: EventAttributes<'activityTaskScheduled'> = {}): Scene {
  const complete = {activityId: 'one', activityType: {name: 'work'}, retryPolicy, ...attributes};
  return new Scene().start().work((change) => scheduleActivity(change, complete, {summary: null}));
}

function started(attributes: EventAttributes<'activityTaskScheduled'> = {}): Scene {
  const scene = scheduled(attributes);
  scene.clock.advance(10);
  scene.change((change) => startActivity(change, 5, poller));
  return scene;
}

const pending = ({run}: Scene) => run.activities.get(5) as Activity;

describe('an activity', () => {
  it('is pending as it was scheduled', () => {
    const scene = scheduled({
      scheduleToCloseTimeout: seconds(1),
      scheduleToStartTimeout: seconds(2),
      startToCloseTimeout: seconds(3),
      heartbeatTimeout: seconds(4),
    });
    expect(pending(scene)).toMatchObject({
      state: 'scheduled',
      scheduledEventId: 5,
      activityId: 'one',
      userMetadata: {summary: null},
      timeouts: {scheduleToClose: 1000, scheduleToStart: 2000, startToClose: 3000, heartbeat: 4000},
      firstScheduledAt: scene.beginning,
      scheduledAt: scene.beginning,
      startedAt: 0,
      attempt: 1,
      heartbeatAt: 0,
      lastFailure: undefined,
      lastAttemptCompletedAt: 0,
      retryInterval: 0,
      cancelRequestedEventId: 0,
    });
  });

  it('adds no event when it is started', () => {
    const scene = started();
    expect(scene.run.history.length).toBe(5);
    const at = scene.beginning + 10;
    expect(pending(scene)).toMatchObject({...poller, state: 'started', startedAt: at, heartbeatAt: at});
  });

  it('has its started and its completed event, and a workflow task, when it completes', () => {
    const scene = started();
    scene.clock.advance(10);
    scene.change((change) => completeActivity(change, 5, payloads('done'), 'finisher'));
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +0 activityTaskScheduled {activityId: "one", activityType: {name: "work"}, retryPolicy: {initialInterval: {seconds: 1, nanos: 0}, backoffCoefficient: 2, maximumInterval: {seconds: 10, nanos: 0}}}",
        "6 +10 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "7 +20 activityTaskCompleted {scheduledEventId: 5, startedEventId: 6, result: {payloads: [{data: "done"}]}, identity: "finisher"}",
        "8 +20 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run.activities.size).toBe(0);
  });

  it('may have no result', () => {
    const scene = started();
    scene.change((change) => completeActivity(change, 5, undefined, 'worker'));
    expect(scene.lines(7)[0]).toMatch(/^7 \+10 activityTaskCompleted/);
  });

  it.each([
    ['completed', (change: Change) => completeActivity(change, 6, null, 'worker')],
    ['heard of', (change: Change) => recordHeartbeat(change, 6, null)],
    ['woken', (change: Change) => wakeActivity(change, 6)],
  ])('that is not there cannot be %s', (_what, act) => {
    expect(() => started().change(act)).toThrow('run first has no pending activity 6');
  });
});

it('an activity that no worker has can neither complete nor fail', () => {
  const complete = (change: Change) => completeActivity(change, 5, null, 'worker');
  expect(() => scheduled().change(complete)).toThrow(
    'activity 5 of run first: complete is not allowed when scheduled',
  );
  const fail = (change: Change) =>
    failActivity(change, 5, {applicationFailureInfo: {nonRetryable: true}}, 'worker');
  expect(() => scheduled().change(fail)).toThrow(
    'activity 5 of run first: fail is not allowed when scheduled',
  );
});

describe('an attempt that fails', () => {
  it('is followed by the next one after a while, without an event', () => {
    const scene = started();
    scene.clock.advance(5);
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    const {beginning} = scene;
    expect(pending(scene)).toMatchObject({
      state: 'backingOff',
      attempt: 2,
      lastFailure: failed,
      lastAttemptCompletedAt: beginning + 15,
      retryInterval: 1000,
      scheduledAt: beginning + 1015,
      firstScheduledAt: beginning,
    });
    scene.clock.advance(999);
    expect(pending(scene).state).toBe('backingOff');
    scene.clock.advance(1);
    expect(pending(scene).state).toBe('scheduled');
    expect(scene.run.history.length).toBe(5);
    expect(scene.run.workflowTask).toBeUndefined();
  });

  it('tells pollers when its backoff is over', () => {
    const scene = started();
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    scene.change((change) => wakeActivity(change, 5));
    expect(scene.publications).toEqual([{kind: 'activityScheduled', scheduledEventId: 5}]);
  });

  it('is told of by the event that starts a later one', () => {
    const scene = started();
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    scene.clock.advance(1000);
    scene.change((change) => startActivity(change, 5, {...poller, identity: 'another'}));
    scene.change((change) => completeActivity(change, 5, null, 'another'));
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +1010 activityTaskStarted {scheduledEventId: 5, identity: "another", requestId: "request", attempt: 2, lastFailure: {message: "broken", applicationFailureInfo: {type: "Broken"}}, workerVersion: {buildId: "build"}}",
        "7 +1010 activityTaskCompleted {scheduledEventId: 5, startedEventId: 6, identity: "another"}",
        "8 +1010 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('closes the activity where it was the last one', () => {
    const scene = started(once);
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +10 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "7 +10 activityTaskFailed {scheduledEventId: 5, startedEventId: 6, failure: {message: "broken", applicationFailureInfo: {type: "Broken"}}, retryState: 4, identity: "worker"}",
        "8 +10 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('closes the activity where its cancellation was requested', () => {
    const scene = started();
    scene.change((change) => requestCancelActivity(change, 5, 4));
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    expect(scene.lines(7)).toMatchInlineSnapshot(`
      [
        "7 +10 activityTaskFailed {scheduledEventId: 5, startedEventId: 6, failure: {message: "broken", applicationFailureInfo: {type: "Broken"}}, retryState: 7, identity: "worker"}",
        "8 +10 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('is retried where the activity has no policy of its own', () => {
    const scene = started({retryPolicy: null});
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    expect(pending(scene).attempt).toBe(2);
  });
});

describe('a cancellation', () => {
  it('names the request and keeps the details', () => {
    const scene = started();
    scene.change((change) => requestCancelActivity(change, 5, 4));
    expect(pending(scene).cancelRequestedEventId).toBe(4);
    scene.change((change) => cancelActivity(change, 5, payloads('so far'), 'worker'));
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +10 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "7 +10 activityTaskCanceled {scheduledEventId: 5, startedEventId: 6, latestCancelRequestedEventId: 4, details: {payloads: [{data: "so far"}]}, identity: "worker"}",
        "8 +10 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('of an activity that was not started names no started event', () => {
    const scene = scheduled();
    scene.change((change) => cancelActivity(change, 5, undefined, 'worker'));
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +0 activityTaskCanceled {scheduledEventId: 5, startedEventId: 0, latestCancelRequestedEventId: 0, identity: "worker"}",
        "7 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });
});

describe('a sign of life', () => {
  it('puts the heartbeat timeout off', () => {
    const scene = started({heartbeatTimeout: seconds(1), ...once});
    scene.clock.advance(900);
    scene.change((change) => recordHeartbeat(change, 5, payloads('alive')));
    scene.change((change) => recordHeartbeat(change, 5, null));
    scene.clock.advance(999);
    expect(scene.run.history.length).toBe(5);
    scene.clock.advance(1);
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +10 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "7 +1910 activityTaskTimedOut {scheduledEventId: 5, startedEventId: 6, failure: {message: "activity Heartbeat timeout", source: "Server", timeoutFailureInfo: {timeoutType: 4, lastHeartbeatDetails: {payloads: [{data: "alive"}]}}}, retryState: 4}",
        "8 +1910 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('may come with the last words of an attempt', () => {
    const scene = started();
    scene.change((change) => keepHeartbeatDetails(change, 5, payloads('last words')));
    expect(pending(scene)).toMatchObject({heartbeatDetails: payloads('last words')});
    expect(pending(scene).heartbeatAt).toBe(scene.beginning + 10);
  });
});

describe('a timeout', () => {
  it('schedule-to-start closes an activity that nobody took', () => {
    const scene = scheduled({scheduleToStartTimeout: seconds(2)});
    scene.clock.advance(1999);
    expect(scene.run.activities.size).toBe(1);
    scene.clock.advance(1);
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +2000 activityTaskTimedOut {scheduledEventId: 5, startedEventId: 0, failure: {message: "activity ScheduleToStart timeout", source: "Server", timeoutFailureInfo: {timeoutType: 2}}, retryState: 2}",
        "7 +2000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('start-to-close is tried again, and closes the last attempt', () => {
    const scene = started({
      startToCloseTimeout: seconds(3),
      retryPolicy: {...retryPolicy, maximumAttempts: 2},
    });
    scene.clock.advance(3000);
    expect(pending(scene)).toMatchObject({state: 'backingOff', attempt: 2});
    expect(pending(scene).lastFailure?.message).toBe('activity StartToClose timeout');
    scene.clock.advance(1000);
    scene.change((change) => startActivity(change, 5, poller));
    scene.clock.advance(3000);
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +4010 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 2, lastFailure: {message: "activity StartToClose timeout", source: "Server", timeoutFailureInfo: {timeoutType: 1}}, workerVersion: {buildId: "build"}}",
        "7 +7010 activityTaskTimedOut {scheduledEventId: 5, startedEventId: 6, failure: {message: "activity StartToClose timeout", source: "Server", timeoutFailureInfo: {timeoutType: 1}, cause: {message: "activity StartToClose timeout", source: "Server", timeoutFailureInfo: {timeoutType: 1}}}, retryState: 4}",
        "8 +7010 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('schedule-to-close counts from the first attempt', () => {
    const scene = started({scheduleToCloseTimeout: seconds(2)});
    scene.change((change) => failActivity(change, 5, failed, 'worker'));
    scene.clock.advance(1000);
    scene.change((change) => startActivity(change, 5, poller));
    expect(expirationOf(pending(scene))).toBe(scene.beginning + 2000);
    scene.clock.advance(990);
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +1010 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 2, lastFailure: {message: "broken", applicationFailureInfo: {type: "Broken"}}, workerVersion: {buildId: "build"}}",
        "7 +2000 activityTaskTimedOut {scheduledEventId: 5, startedEventId: 6, failure: {message: "activity ScheduleToClose timeout", source: "Server", timeoutFailureInfo: {timeoutType: 3}, cause: {message: "broken", applicationFailureInfo: {type: "Broken"}}}, retryState: 2}",
        "8 +2000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('is the one of the whole activity where there is no time for another attempt', () => {
    const scene = started({scheduleToCloseTimeout: seconds(1)});
    scene.change((change) => timeOutActivity(change, 5, TimeoutType.TIMEOUT_TYPE_HEARTBEAT));
    expect(scene.lines(7)).toMatchInlineSnapshot(`
      [
        "7 +10 activityTaskTimedOut {scheduledEventId: 5, startedEventId: 6, failure: {message: "activity ScheduleToClose timeout", source: "Server", timeoutFailureInfo: {timeoutType: 3}}, retryState: 3}",
        "8 +10 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('of the first attempt has no cause', () => {
    const scene = started({startToCloseTimeout: seconds(3), ...once});
    scene.clock.advance(3000);
    const {activityTaskTimedOutEventAttributes: attributes} = scene.run.history.at(6) ?? {};
    expect(attributes?.failure).toEqual({
      message: 'activity StartToClose timeout',
      source: 'Server',
      timeoutFailureInfo: {timeoutType: 1, lastHeartbeatDetails: null},
    });
  });

  it('never comes where none is given', () => {
    const scene = scheduled();
    expect(expirationOf(pending(scene))).toBe(Number.POSITIVE_INFINITY);
    scene.clock.advance(1e12);
    scene.change((change) => startActivity(change, 5, poller));
    scene.clock.advance(1e12);
    expect(pending(scene).state).toBe('started');
  });
});
