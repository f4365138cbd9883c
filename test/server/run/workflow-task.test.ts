import {describe, expect, it} from 'vitest';
import {signalRun} from '../../../source/server/run/lifecycle.ts';
import {record} from '../../../source/server/run/record.ts';
import {
  completeWorkflowTask,
  currentTaskQueue,
  dropSticky,
  dropWorkflowTask,
  failWorkflowTask,
  scheduleWorkflowTask,
  startWorkflowTask,
} from '../../../source/server/run/workflow-task.ts';
import {unwrittenEventsOf} from '../../../source/server/run/workflow-task-events.ts';
import {poller, Scene} from './scene.ts';

const sticky = {taskQueue: 'sticky', scheduleToStartTimeout: 5000};

function fail(scene: Scene): Scene {
  if (scene.run.workflowTask?.state !== 'started') scene.poll();
  scene.change((change) => failWorkflowTask(change, 24, {message: 'no'}, 'worker'));
  return scene;
}

const makeSticky = (scene: Scene) =>
  scene.change(({run}) => {
    run.sticky = sticky;
  });

const signal = (scene: Scene) => scene.change((change) => signalRun(change, {signalName: 's'}, ''));

describe('a workflow task', () => {
  it('is scheduled with the run', () => {
    const scene = new Scene().start();
    expect(scene.lines(2)).toMatchInlineSnapshot(`
      [
        "2 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.publications).toEqual([]);
    expect(scene.run.workflowTask).toMatchObject({
      state: 'scheduled',
      kind: 'normal',
      scheduledEventId: 2,
      startedEventId: 0,
      attempt: 1,
      startToCloseTimeout: 10_000,
      scheduledAt: scene.beginning,
      startedAt: 0,
      suggestContinueAsNew: false,
      historySizeBytes: 0,
    });
  });

  it('is scheduled once', () => {
    const scene = new Scene().start();
    signal(scene);
    signal(scene);
    expect(scene.lines(3).filter((line) => line.includes('workflowTask'))).toEqual([]);
  });

  it('is shown to pollers, unless it is inline', () => {
    const scene = new Scene().start().work();
    scene.change((change) => {
      scheduleWorkflowTask(change, {inline: true});
      expect(change.publications).toEqual([]);
      dropTask(change.run);
      scheduleWorkflowTask(change);
      expect(change.publications).toEqual([{kind: 'workflowTaskScheduled'}]);
    });
  });

  it('names who took it and how large the history is', () => {
    const scene = new Scene().start();
    const {historySize} = scene.run;
    scene.clock.advance(7);
    scene.poll();
    expect(scene.lines(3)[0]?.replace(`${historySize}`, 'SIZE')).toMatchInlineSnapshot(
      `"3 +7 workflowTaskStarted {scheduledEventId: 2, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: SIZE, workerVersion: {buildId: "build"}}"`,
    );
    expect(scene.run.workflowTask).toMatchObject({
      ...poller,
      state: 'started',
      startedEventId: 3,
      startedAt: scene.beginning + 7,
      historySizeBytes: historySize,
    });
  });

  it('that completes tells what the worker says and leaves nothing pending', () => {
    const scene = new Scene().start().poll();
    scene.change((change) =>
      expect(completeWorkflowTask(change, {identity: 'worker', workerVersion: {buildId: 'build'}})).toBe(4),
    );
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +0 workflowTaskCompleted {identity: "worker", workerVersion: {buildId: "build"}, scheduledEventId: 2, startedEventId: 3}",
      ]
    `);
    expect(scene.run).toMatchObject({
      workflowTask: undefined,
      lastCompletedStartedEventId: 3,
      workflowTaskAttempt: 1,
    });
  });

  it('must be there to be started, completed or failed', () => {
    const scene = new Scene().start().work();
    expect(() => scene.change((change) => startWorkflowTask(change, poller))).toThrow(
      'run first has no workflow task',
    );
  });

  it('that no worker has cannot be completed', () => {
    const scene = new Scene().start();
    expect(() => scene.change((change) => completeWorkflowTask(change, {}))).toThrow(
      'workflow task 2 of run first: complete is not allowed when scheduled',
    );
  });

  it('suggests to continue as new in a long history', () => {
    const suggestedAfter = (events: number) => {
      const scene = new Scene().start();
      scene.change((change) => {
        for (let count = change.run.history.length; count < events; count++)
          record(change, 'markerRecorded', {});
      });
      return scene.poll().run.workflowTask?.suggestContinueAsNew;
    };
    expect(suggestedAfter(4094)).toBe(false);
    expect(suggestedAfter(4095)).toBe(true);
  });

  it.each([
    [4 * 1024 * 1024 - 1, false],
    [4 * 1024 * 1024, true],
  ])('of a history of %i bytes suggests to continue as new: %s', (historySize, suggested) => {
    const scene = new Scene().start();
    scene.change(({run}) => {
      run.historySize = historySize;
    });
    scene.poll();
    expect(scene.run.workflowTask?.suggestContinueAsNew).toBe(suggested);
  });
});

describe('a workflow task that fails', () => {
  it('is told of once, and later attempts leave no events until one completes', () => {
    const scene = fail(fail(new Scene().start()));
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +0 workflowTaskFailed {scheduledEventId: 2, startedEventId: 3, cause: 24, failure: {message: "no"}, identity: "worker"}",
      ]
    `);
    expect(scene.run.workflowTask).toMatchObject({kind: 'transient', attempt: 3, scheduledEventId: 5});
    scene.clock.advance(5);
    scene.poll();
    expect(scene.run.workflowTask?.startedEventId).toBe(6);
    expect(unwrittenEventsOf(scene.run).map((event) => scene.line(event))).toMatchInlineSnapshot(`
      [
        "5 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 3}",
        "6 +5 workflowTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 160, workerVersion: {buildId: "build"}}",
      ]
    `);
    scene.work();
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 3}",
        "6 +5 workflowTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 160, workerVersion: {buildId: "build"}}",
        "7 +5 workflowTaskCompleted {identity: "worker", scheduledEventId: 5, startedEventId: 6}",
      ]
    `);
    expect(scene.run.workflowTaskAttempt).toBe(1);
    expect(unwrittenEventsOf(scene.run)).toEqual([]);
  });

  it('names the build that failed', () => {
    const scene = new Scene().start().poll();
    scene.change((change) => failWorkflowTask(change, 24, null, 'worker', 'build'));
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +0 workflowTaskFailed {scheduledEventId: 2, startedEventId: 3, cause: 24, identity: "worker", workerVersion: {buildId: "build"}}",
      ]
    `);
  });

  it('gets more time from the fourth attempt on, up to a limit', () => {
    const scene = new Scene().start();
    const timeouts: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 12; attempt++) {
      timeouts.push(scene.run.workflowTask?.startToCloseTimeout);
      fail(scene);
    }
    expect(timeouts.slice(0, 6)).toEqual([10_000, 10_000, 10_000, 15_000, 20_000, 30_000]);
    expect(timeouts.at(-1)).toBe(610_000);
  });

  it('is a fresh one when something came meanwhile', () => {
    const scene = fail(new Scene().start());
    signal(scene);
    scene.poll();
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +0 workflowExecutionSignaled {signalName: "s"}",
        "6 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "7 +0 workflowTaskStarted {scheduledEventId: 6, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 184, workerVersion: {buildId: "build"}}",
      ]
    `);
    expect(scene.run.workflowTask).toMatchObject({kind: 'normal', attempt: 1});
  });

  it('starts its attempts anew when something waits in the buffer', () => {
    const scene = new Scene().start().poll();
    signal(scene);
    fail(scene);
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +0 workflowTaskFailed {scheduledEventId: 2, startedEventId: 3, cause: 24, failure: {message: "no"}, identity: "worker"}",
        "5 +0 workflowExecutionSignaled {signalName: "s"}",
        "6 +0 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run.workflowTask).toMatchObject({kind: 'normal', attempt: 1});
  });

  it('on a sticky queue is tried elsewhere first, as a fresh task', () => {
    const scene = new Scene().start();
    makeSticky(scene);
    fail(scene);
    expect(scene.run.sticky).toBeUndefined();
    expect(scene.run.workflowTask).toMatchObject({kind: 'normal', attempt: 1});
    fail(scene);
    expect(scene.run.workflowTask).toMatchObject({kind: 'transient', attempt: 2});
  });
});

describe('a workflow task that nobody answers', () => {
  it('times out and is tried again', () => {
    const scene = new Scene().start().poll();
    scene.clock.advance(9999);
    expect(scene.run.workflowTask?.state).toBe('started');
    scene.clock.advance(1);
    expect(scene.lines(4)).toMatchInlineSnapshot(`
      [
        "4 +10000 workflowTaskTimedOut {scheduledEventId: 2, startedEventId: 3, timeoutType: 1}",
      ]
    `);
    expect(scene.run.workflowTask).toMatchObject({kind: 'transient', attempt: 2});
    scene.poll();
    scene.clock.advance(10_000);
    expect(scene.run.history.length).toBe(4);
    expect(scene.run.workflowTask).toMatchObject({kind: 'transient', attempt: 3});
  });

  it('on a sticky queue goes to the normal one after a while', () => {
    const scene = new Scene().start().work();
    makeSticky(scene);
    signal(scene);
    expect(scene.run.workflowTask?.taskQueue).toEqual(currentTaskQueue(scene.run));
    expect(currentTaskQueue(scene.run)).toEqual({name: 'sticky', kind: 2, normalName: 'queue'});
    scene.clock.advance(4999);
    expect(scene.run.sticky).toBeDefined();
    scene.clock.advance(1);
    expect(scene.lines(6)).toMatchInlineSnapshot(`
      [
        "6 +0 workflowTaskScheduled {taskQueue: {name: "sticky", kind: 2, normalName: "queue"}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "7 +5000 workflowTaskTimedOut {scheduledEventId: 6, startedEventId: 0, timeoutType: 2}",
        "8 +5000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
    expect(scene.run).toMatchObject({sticky: undefined, workflowTaskAttempt: 1});
    expect(currentTaskQueue(scene.run)).toEqual({name: 'queue', kind: 1});
  });

  it('waits for ever on a normal queue', () => {
    const scene = new Scene().start();
    scene.clock.advance(1e12);
    expect(scene.run.history.length).toBe(2);
  });

  it('is no longer sticky when the worker says so', () => {
    const scene = new Scene().start();
    makeSticky(scene);
    scene.change(dropSticky);
    expect(scene.run.sticky).toBeUndefined();
  });
});

describe('a speculative workflow task', () => {
  function speculating(): Scene {
    const scene = new Scene().start().work();
    scene.clock.advance(3);
    scene.change((change) => scheduleWorkflowTask(change, {speculative: true}));
    return scene;
  }

  it('leaves nothing when it is dropped', () => {
    const scene = speculating().poll();
    expect(scene.run.workflowTask).toMatchObject({
      kind: 'speculative',
      scheduledEventId: 5,
      startedEventId: 6,
    });
    expect(scene.run.history.length).toBe(4);
    expect(unwrittenEventsOf(scene.run)).toHaveLength(2);
    scene.change(dropWorkflowTask);
    expect(scene.run.history.length).toBe(4);
    expect(scene.run.workflowTask).toBeUndefined();
  });

  it('has its events once it completes', () => {
    const scene = speculating().poll();
    scene.work();
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +3 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "6 +3 workflowTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 152, workerVersion: {buildId: "build"}}",
        "7 +3 workflowTaskCompleted {identity: "worker", scheduledEventId: 5, startedEventId: 6}",
      ]
    `);
  });

  it('has its events once it fails', () => {
    expect(fail(speculating()).lines(5)).toMatchInlineSnapshot(`
      [
        "5 +3 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "6 +3 workflowTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 152, workerVersion: {buildId: "build"}}",
        "7 +3 workflowTaskFailed {scheduledEventId: 5, startedEventId: 6, cause: 24, failure: {message: "no"}, identity: "worker"}",
      ]
    `);
  });

  it('has its events once it times out', () => {
    const scene = speculating().poll();
    scene.clock.advance(10_000);
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +3 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "6 +3 workflowTaskStarted {scheduledEventId: 5, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 152, workerVersion: {buildId: "build"}}",
        "7 +10003 workflowTaskTimedOut {scheduledEventId: 5, startedEventId: 6, timeoutType: 1}",
      ]
    `);
  });

  it('that nobody takes on a sticky queue is written down as scheduled', () => {
    const scene = new Scene().start().work();
    makeSticky(scene);
    scene.change((change) => scheduleWorkflowTask(change, {speculative: true}));
    scene.clock.advance(5000);
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +0 workflowTaskScheduled {taskQueue: {name: "sticky", kind: 2, normalName: "queue"}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "6 +5000 workflowTaskTimedOut {scheduledEventId: 5, startedEventId: 0, timeoutType: 2}",
        "7 +5000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
      ]
    `);
  });

  it('is a normal one when something came before it was taken', () => {
    const scene = speculating();
    signal(scene);
    scene.clock.advance(3);
    scene.poll();
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +3 workflowExecutionSignaled {signalName: "s"}",
        "6 +6 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
        "7 +6 workflowTaskStarted {scheduledEventId: 6, identity: "worker", requestId: "request", suggestContinueAsNew: false, historySizeBytes: 181, workerVersion: {buildId: "build"}}",
      ]
    `);
  });
});

it('each build has one point to reset to', () => {
  const scene = new Scene().start();
  for (const buildId of ['one', 'one', 'two']) {
    scene.poll();
    scene.change((change) => {
      completeWorkflowTask(change, {workerVersion: {buildId}});
      change.needsWorkflowTask = true;
    });
  }
  expect(scene.run.resetPoints).toEqual([
    expect.objectContaining({
      buildId: 'one',
      firstWorkflowTaskCompletedId: 4,
      runId: 'first',
      resettable: true,
    }),
    expect.objectContaining({buildId: 'two', firstWorkflowTaskCompletedId: 10}),
  ]);
});

function dropTask(run: {workflowTask: unknown; history: {added: unknown[]}}): void {
  run.workflowTask = undefined;
}
