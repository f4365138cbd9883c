import {describe, expect, it} from 'vitest';
import {
  closeRun,
  requestCancel,
  serverIdentity,
  signalRun,
  startRun,
  terminateRun,
} from '../../../source/server/run/lifecycle.ts';
import {record} from '../../../source/server/run/record.ts';
import {isRunning} from '../../../source/server/run/run-state.ts';
import {WorkflowExecutionStatus as Status} from '../../../source/server/wire/enums.ts';
import {newRun} from '../new-run.ts';
import {Scene, seconds} from './scene.ts';

describe('a start', () => {
  it('writes what belongs between its two events', () => {
    const scene = new Scene();
    const start = newRun('a', 'first', {identity: 'starter'});
    scene.engine.transact((transaction) =>
      transaction.open({...start, userMetadata: {summary: null}}, (change) =>
        startRun(change, () => record(change, 'workflowExecutionSignaled', {signalName: 's'})),
      ),
    );
    const run = scene.store.find('default', 'a', 'first');
    expect(run?.history.slice().map((event) => scene.line(event))).toMatchInlineSnapshot(`
      [
        "1 +0 workflowExecutionStarted {workflowTaskTimeout: {seconds: 10}, taskQueue: {name: "queue"}, identity: "starter"}",
        "2 +0 workflowExecutionSignaled {signalName: "s"}",
        "3 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(run?.history.at(0)?.userMetadata).toEqual({summary: null});
    expect(run?.firstWorkflowTaskAt).toBeUndefined();
  });

  it('that is delayed has no workflow task until then, whatever comes', () => {
    const scene = new Scene().start({firstWorkflowTaskBackoff: seconds(3)});
    scene.change((change) => signalRun(change, {signalName: 's'}, ''));
    expect(scene.run.history.length).toBe(2);
    scene.clock.advance(3000);
    expect(scene.lines(3)).toMatchInlineSnapshot(`
      [
        "3 +3000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run.firstWorkflowTaskAt).toBeUndefined();
  });
});

describe('a signal', () => {
  it('counts once for each request id, and each time without one', () => {
    const scene = new Scene().start();
    for (const requestId of ['one', 'one', 'two', '', '']) {
      scene.change((change) => signalRun(change, {signalName: requestId}, requestId));
    }
    expect(scene.lines(3).map((line) => line.replace(/.*signalName: /, ''))).toEqual(
      ['one', 'two', '', ''].map((name) => `"${name}"}`),
    );
    expect([...scene.run.signalRequestIds]).toEqual([
      ['one', true],
      ['two', true],
    ]);
  });

  it('wakes the workflow; one that was known does not', () => {
    const scene = new Scene().start().work();
    scene.change((change) => {
      signalRun(change, {signalName: 's'}, 'one');
      expect(change.needsWorkflowTask).toBe(true);
    });
    scene.work().change((change) => {
      signalRun(change, {signalName: 's'}, 'one');
      expect(change.needsWorkflowTask).toBe(false);
    });
  });
});

it('a cancellation is asked for once', () => {
  const scene = new Scene().start().work();
  scene.change((change) => {
    requestCancel(change, {cause: 'why'});
    expect(change.needsWorkflowTask).toBe(true);
  });
  scene.work();
  scene.change((change) => {
    requestCancel(change, {cause: 'again'});
    expect(change.needsWorkflowTask).toBe(false);
  });
  expect(scene.run.cancelRequested).toBe(true);
  expect(scene.lines(5)).toMatchInlineSnapshot(`
    [
      "5 +0 workflowExecutionCancelRequested {cause: "why"}",
      "6 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      "7 +0 workflowTaskStarted {scheduledEventId: 6, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 215, workerVersion: {buildId: "build"}}",
      "8 +0 workflowTaskCompleted {identity: "worker", scheduledEventId: 6, startedEventId: 7}",
    ]
  `);
});

describe('a run that closes', () => {
  it.each([
    ['workflowExecutionCompleted', Status.WORKFLOW_EXECUTION_STATUS_COMPLETED],
    ['workflowExecutionFailed', Status.WORKFLOW_EXECUTION_STATUS_FAILED],
    ['workflowExecutionCanceled', Status.WORKFLOW_EXECUTION_STATUS_CANCELED],
    ['workflowExecutionTerminated', Status.WORKFLOW_EXECUTION_STATUS_TERMINATED],
    ['workflowExecutionTimedOut', Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT],
    ['workflowExecutionContinuedAsNew', Status.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW],
  ] as const)('by %s has its status', (name, status) => {
    const scene = new Scene().start();
    scene.clock.advance(5);
    scene.change((change) => {
      signalRun(change, {signalName: 's'}, '');
      closeRun(change, name, {});
      expect(change.needsWorkflowTask).toBe(false);
      expect(change.consequences).toMatchObject([{kind: 'runClosed', closeEvent: {eventId: 4}}]);
      expect(change.publications).toEqual([{kind: 'closed'}]);
    });
    expect(scene.run).toMatchObject({
      status,
      closedAt: scene.beginning + 5,
      workflowTask: undefined,
      buffered: [],
    });
    expect(isRunning(scene.run)).toBe(false);
  });

  it('closes once', () => {
    const scene = new Scene().start();
    scene.change((change) => closeRun(change, 'workflowExecutionCompleted', {}));
    scene.change((change) => {
      closeRun(change, 'workflowExecutionFailed', {});
      expect(change.consequences).toEqual([]);
    });
    expect(scene.run.status).toBe(Status.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    expect(scene.run.history.length).toBe(3);
  });

  it('by termination ends what its worker does', () => {
    const scene = new Scene().start().poll();
    scene.change((change) => signalRun(change, {signalName: 's'}, ''));
    scene.change((change) => terminateRun(change, {reason: 'enough', identity: serverIdentity}));
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +0 workflowTaskFailed {scheduledEventId: 2, startedEventId: 3, cause: 17, identity: "history-service"}",
        "5 +0 workflowExecutionSignaled {signalName: "s"}",
        "6 +0 workflowExecutionTerminated {reason: "enough", identity: "history-service"}",
      ]
    `);
  });

  it('by termination leaves a scheduled workflow task as it is', () => {
    const scene = new Scene().start();
    scene.change((change) => terminateRun(change, {}));
    expect(scene.lines(3)).toEqual(['3 +0 workflowExecutionTerminated {}']);
  });
});
