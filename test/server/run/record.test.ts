import {describe, expect, it} from 'vitest';
import {completeActivity, scheduleActivity, startActivity} from '../../../source/server/run/activity.ts';
import {childClosed, childStarted, initiateChild} from '../../../source/server/run/child.ts';
import {signalRun} from '../../../source/server/run/lifecycle.ts';
import {bufferedEventId, buildEvent, flushBuffer, idOf, record} from '../../../source/server/run/record.ts';
import {completeWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import {type EventName, temporal} from '../../../source/server/wire/proto.ts';
import {poller, Scene} from './scene.ts';

const waiting: readonly EventName[] = [
  'workflowExecutionSignaled',
  'workflowExecutionCancelRequested',
  'activityTaskStarted',
  'activityTaskCompleted',
  'activityTaskFailed',
  'activityTaskTimedOut',
  'activityTaskCanceled',
  'timerFired',
  'startChildWorkflowExecutionFailed',
  'childWorkflowExecutionStarted',
  'childWorkflowExecutionCompleted',
  'childWorkflowExecutionFailed',
  'childWorkflowExecutionCanceled',
  'childWorkflowExecutionTimedOut',
  'childWorkflowExecutionTerminated',
  'externalWorkflowExecutionSignaled',
  'externalWorkflowExecutionCancelRequested',
  'signalExternalWorkflowExecutionFailed',
  'requestCancelExternalWorkflowExecutionFailed',
];
const atOnce: readonly EventName[] = [
  'activityTaskScheduled',
  'activityTaskCancelRequested',
  'timerStarted',
  'timerCanceled',
  'markerRecorded',
  'startChildWorkflowExecutionInitiated',
  'signalExternalWorkflowExecutionInitiated',
  'requestCancelExternalWorkflowExecutionInitiated',
  'upsertWorkflowSearchAttributes',
  'workflowPropertiesModified',
  'workflowExecutionUpdateAccepted',
  'workflowExecutionUpdateCompleted',
  'workflowExecutionCompleted',
  'workflowExecutionFailed',
  'workflowExecutionTimedOut',
  'workflowExecutionTerminated',
  'workflowExecutionContinuedAsNew',
  'workflowExecutionCanceled',
  'workflowTaskScheduled',
  'workflowTaskCompleted',
  'workflowTaskFailed',
  'workflowTaskTimedOut',
];

describe('while a workflow task is started', () => {
  it.each(waiting)('%s waits, without an id', (name) => {
    const scene = new Scene().start().poll();
    scene.change((change) => {
      const event = record(change, name, {});
      expect(event.eventId).toBeUndefined();
      expect(idOf(event)).toBe(bufferedEventId);
    });
    expect(scene.run.buffered).toHaveLength(1);
    expect(scene.run.history.length).toBe(3);
  });

  it.each(atOnce)('%s is written at once', (name) => {
    const scene = new Scene().start().poll();
    scene.change((change) => expect(idOf(record(change, name, {}))).toBe(4));
    expect(scene.run.buffered).toHaveLength(0);
    expect(scene.run.history.length).toBe(4);
  });
});

it('nothing waits while a workflow task is only scheduled', () => {
  const scene = new Scene().start();
  scene.change((change) => expect(idOf(record(change, 'timerFired', {}))).toBe(3));
});

const closing = new Set<EventName>([
  'activityTaskCompleted',
  'activityTaskFailed',
  'activityTaskTimedOut',
  'activityTaskCanceled',
  'childWorkflowExecutionCompleted',
  'childWorkflowExecutionFailed',
  'childWorkflowExecutionTimedOut',
  'childWorkflowExecutionCanceled',
  'childWorkflowExecutionTerminated',
]);

describe('when the buffer is written', () => {
  it.each(waiting)('%s keeps its place, or goes behind the others where it closes something', (name) => {
    const scene = new Scene().start().poll();
    scene.change((change) => {
      record(change, name, {});
      record(change, 'workflowExecutionSignaled', {signalName: 'second'});
      completeWorkflowTask(change, {});
      flushBuffer(change);
    });
    const names = scene.lines(5).map((line) => line.split(' ')[2]);
    const signal = 'workflowExecutionSignaled';
    expect(names.slice(0, 2)).toEqual(closing.has(name) ? [signal, name] : [name, signal]);
    expect(scene.run.buffered).toEqual([]);
  });

  it('an activity’s closing event names the id that its started event got', () => {
    const scene = new Scene().start().work((change) => {
      for (const activityId of ['a', 'b']) scheduleActivity(change, {activityId}, null);
      change.needsWorkflowTask = true;
    });
    scene.poll().change((change) => {
      for (const id of [5, 6]) {
        startActivity(change, id, poller);
        completeActivity(change, id, null, 'worker');
      }
      signalRun(change, {signalName: 'hello'}, '');
    });
    const before = structuredClone(scene.run.buffered);
    const kept = scene.run.buffered;
    scene.work();
    expect(kept).toEqual(before);
    expect(scene.lines(10)).toMatchInlineSnapshot(`
      [
        "10 +0 activityTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "11 +0 activityTaskStarted {scheduledEventId: 6, identity: "worker", requestId: "request", attempt: 1, workerVersion: {buildId: "build"}}",
        "12 +0 workflowExecutionSignaled {signalName: "hello"}",
        "13 +0 activityTaskCompleted {scheduledEventId: 5, startedEventId: 10, identity: "worker"}",
        "14 +0 activityTaskCompleted {scheduledEventId: 6, startedEventId: 11, identity: "worker"}",
        "15 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('a child’s closing event names the id that its started event got', () => {
    const scene = new Scene().start().work((change) => {
      initiateChild(change, {namespace: '', workflowId: 'child'}, null);
      change.consequences.length = 0;
      change.needsWorkflowTask = true;
    });
    scene.poll().change((change) => childStarted(change, 5));
    expect(scene.run.children.get(5)?.startedEventId).toBe(bufferedEventId);
    scene.work();
    expect(scene.run.children.get(5)?.startedEventId).toBe(9);
    scene.poll().change((change) => childClosed(change, 5, 'run', {}));
    scene.work();
    expect(scene.lines(13)[0]).toContain('initiatedEventId: 5, startedEventId: 9');
  });

  it('a child that started and ended meanwhile has both events in order', () => {
    const scene = new Scene().start().work((change) => {
      initiateChild(change, {namespace: '', workflowId: 'child'}, null);
      change.consequences.length = 0;
      change.needsWorkflowTask = true;
    });
    scene.poll().change((change) => {
      childStarted(change, 5);
      childClosed(change, 5, 'run', {});
    });
    scene.work();
    expect(scene.lines(9)[0]).toContain('childWorkflowExecutionStarted');
    expect(scene.lines(10)[0]).toContain('initiatedEventId: 5, startedEventId: 9');
  });
});

it('an event has its type, its moment, and metadata only where there is any', () => {
  const {EVENT_TYPE_TIMER_FIRED} = temporal.api.enums.v1.EventType;
  const event = buildEvent('timerFired', {timerId: 'a'}, 1500);
  expect(event).toEqual({
    eventTime: {seconds: 1, nanos: 500_000_000},
    eventType: EVENT_TYPE_TIMER_FIRED,
    timerFiredEventAttributes: {timerId: 'a'},
  });
  const metadata = {summary: null};
  expect(buildEvent('timerFired', {}, 0, metadata).userMetadata).toBe(metadata);
});

it('each event has a task id after the one before, and the size grows by what it takes in storage', () => {
  const scene = new Scene().start();
  const sizes = [0, 126, 127, 128, 129, 1000].map((length) => {
    const before = scene.run.historySize;
    scene.change((change) => record(change, 'markerRecorded', {markerName: 'x'.repeat(length)}));
    const event = scene.run.history.at(-1) ?? {};
    const size = temporal.api.history.v1.HistoryEvent.encode(event).finish().length;
    expect(scene.run.historySize - before).toBe(size + (size < 128 ? 2 : 3));
    return size;
  });
  expect(Math.min(...sizes)).toBeLessThan(128);
  expect(scene.run.history.slice().map(({taskId}) => Number(taskId) - 2 ** 20)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8,
  ]);
});
