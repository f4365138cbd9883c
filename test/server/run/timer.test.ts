import {expect, it} from 'vitest';
import {signalRun} from '../../../source/server/run/lifecycle.ts';
import {bufferedTimerIds, cancelTimer, startTimer} from '../../../source/server/run/timer.ts';
import {completeWorkflowTask, startWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import {poller, Scene, seconds} from './scene.ts';

function timed(): Scene {
  const command = {timerId: 'nap', startToFireTimeout: seconds(2)};
  return new Scene().start().work((change, id) => startTimer(change, command, id, {summary: null}));
}

it('a timer is pending until its time has come', () => {
  const scene = timed();
  expect(scene.lines(5)).toMatchInlineSnapshot(`
    [
      "5 +0 timerStarted {timerId: "nap", startToFireTimeout: {seconds: 2, nanos: 0}, workflowTaskCompletedEventId: 4}",
    ]
  `);
  const firesAt = scene.beginning + 2000;
  expect(scene.run.timers.get('nap')).toEqual({timerId: 'nap', startedEventId: 5, firesAt});
  scene.clock.advance(1999);
  expect(scene.run.history.length).toBe(5);
  scene.clock.advance(1);
  expect(scene.lines(6)).toMatchInlineSnapshot(`
    [
      "6 +2000 timerFired {timerId: "nap", startedEventId: 5}",
      "7 +2000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
    ]
  `);
  expect(scene.run.timers.size).toBe(0);
});

it('a timer that was canceled does not fire', () => {
  const scene = timed();
  scene.change((change) => cancelTimer(change, 'nap', 4, 'worker'));
  expect(scene.lines(6)).toMatchInlineSnapshot(`
    [
      "6 +0 timerCanceled {timerId: "nap", startedEventId: 5, workflowTaskCompletedEventId: 4, identity: "worker"}",
    ]
  `);
  scene.clock.advance(10_000);
  expect(scene.run.history.length).toBe(6);
});

it('a timer can be canceled although its firing waits in the buffer', () => {
  const scene = timed();
  const other = {timerId: 'other', startToFireTimeout: seconds(2)};
  scene.change((change) => {
    startTimer(change, other, 4, null);
    change.needsWorkflowTask = true;
  });
  scene.change((change) => startWorkflowTask(change, poller));
  scene.change((change) => signalRun(change, {signalName: 's'}, ''));
  scene.clock.advance(2000);
  scene.change((change) => signalRun(change, {signalName: 's'}, ''));
  expect(bufferedTimerIds(scene.run)).toEqual(['nap', 'other']);
  scene.change((change) => {
    const completed = completeWorkflowTask(change, {identity: 'worker'});
    cancelTimer(change, 'other', completed, 'worker');
    change.needsWorkflowTask = true;
  });
  expect(scene.lines(9)).toMatchInlineSnapshot(`
    [
      "9 +2000 workflowTaskCompleted {identity: "worker", scheduledEventId: 7, startedEventId: 8}",
      "10 +2000 timerCanceled {timerId: "other", startedEventId: 6, workflowTaskCompletedEventId: 9, identity: "worker"}",
      "11 +0 workflowExecutionSignaled {signalName: "s"}",
      "12 +2000 timerFired {timerId: "nap", startedEventId: 5}",
      "13 +2000 workflowExecutionSignaled {signalName: "s"}",
      "14 +2000 workflowTaskScheduled {taskQueue: {name: "queue", kind: 1}, startToCloseTimeout: {seconds: 10, nanos: 0}, attempt: 1}",
    ]
  `);
});
