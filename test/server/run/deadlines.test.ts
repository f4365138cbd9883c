import {describe, expect, it} from 'vitest';
import {
  failActivity,
  recordHeartbeat,
  scheduleActivity,
  startActivity,
} from '../../../source/server/run/activity.ts';
import {nextDeadline, passDeadlines} from '../../../source/server/run/deadlines.ts';
import {closeRun} from '../../../source/server/run/lifecycle.ts';
import {startTimer} from '../../../source/server/run/timer.ts';
import {scheduleWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import type {EventAttributes} from '../../../source/server/wire/proto.ts';
import {poller, Scene, seconds} from './scene.ts';

const retryPolicy = {initialInterval: seconds(3), maximumAttempts: 2};
const never = Number.POSITIVE_INFINITY;

/** In milliseconds after the beginning. */
const next = (scene: Scene) => nextDeadline(scene.run) - scene.beginning;

const idle = (started = {}) => new Scene().start(started).work();

function withActivity(attributes: EventAttributes<'activityTaskScheduled'>): Scene {
  const complete = {activityId: 'a', retryPolicy, ...attributes};
  return new Scene().start().work((change) => scheduleActivity(change, complete, null));
}

const startIt = (scene: Scene) => {
  scene.clock.advance(10);
  scene.change((change) => startActivity(change, 5, poller));
  return scene;
};

const naps = (length: number) => (scene: Scene) =>
  scene.change((change) =>
    startTimer(change, {timerId: `${length}`, startToFireTimeout: seconds(length)}, 4, null),
  );

const expiring = (length: number) => ({
  workflowExecutionExpirationTime: {seconds: (Date.UTC(2030, 0, 1) / 1000 + length) as never},
});

const states: readonly [string, () => Scene, number][] = [
  ['nothing', () => idle(), never],
  ['a scheduled workflow task', () => new Scene().start(), never],
  ['a started workflow task', () => new Scene().start().poll(), 10_000],
  ['a run timeout', () => idle({workflowRunTimeout: seconds(50)}), 50_000],
  ['an execution timeout', () => idle(expiring(40)), 40_000],
  [
    'both, of which the earlier counts',
    () => idle({...expiring(60), workflowRunTimeout: seconds(50)}),
    50_000,
  ],
  ['a delayed start', () => new Scene().start({firstWorkflowTaskBackoff: seconds(9)}), 9000],
  ['a first task held by the parent', () => new Scene().start({}, {heldByParent: true}), never],
  [
    'a run timeout that counts from a delayed start',
    () => {
      const scene = new Scene().start({
        firstWorkflowTaskBackoff: seconds(9),
        workflowRunTimeout: seconds(20),
      });
      scene.clock.advance(9000);
      return scene;
    },
    29_000,
  ],
  ['an activity without timeouts', () => withActivity({}), never],
  ['an activity to be closed', () => withActivity({scheduleToCloseTimeout: seconds(7)}), 7000],
  ['an activity to be started', () => withActivity({scheduleToStartTimeout: seconds(6)}), 6000],
  ['an activity not started yet', () => withActivity({startToCloseTimeout: seconds(6)}), never],
  ['an activity that started', () => startIt(withActivity({startToCloseTimeout: seconds(5)})), 5010],
  ['an activity started in time', () => startIt(withActivity({scheduleToStartTimeout: seconds(6)})), never],
  [
    'an activity that is to give signs of life',
    () => startIt(withActivity({heartbeatTimeout: seconds(4)})),
    4010,
  ],
  [
    'an activity that gave one',
    () => {
      const scene = startIt(withActivity({heartbeatTimeout: seconds(4)}));
      scene.clock.advance(90);
      scene.change((change) => recordHeartbeat(change, 5, null));
      return scene;
    },
    4100,
  ],
  [
    'an activity that waits for its next attempt',
    () => {
      const scene = startIt(withActivity({startToCloseTimeout: seconds(1), heartbeatTimeout: seconds(1)}));
      scene.change((change) => failActivity(change, 5, {}, 'worker'));
      return scene;
    },
    3010,
  ],
  [
    'timers, of which the earliest counts',
    () => {
      const scene = idle();
      for (const nap of [30, 20, 25]) naps(nap)(scene);
      return scene;
    },
    20_000,
  ],
  [
    'a scheduled workflow task on a sticky queue',
    () => {
      const scene = idle();
      scene.change((change) => {
        change.run.sticky = {taskQueue: 'sticky', scheduleToStartTimeout: 5000};
        scheduleWorkflowTask(change);
      });
      return scene;
    },
    5000,
  ],
  [
    'a closed run',
    () => {
      const scene = idle({workflowRunTimeout: seconds(50)});
      naps(1)(scene);
      scene.change((change) => closeRun(change, 'workflowExecutionCompleted', {}));
      return scene;
    },
    never,
  ],
];

describe('the next deadline', () => {
  it.each(states)('of %s', (_what, scene, expected) => {
    expect(next(scene())).toBe(expected);
  });
});

describe('deadlines that are due', () => {
  it('pass in order of time, all that belong to one moment', () => {
    const scene = idle();
    for (const nap of [3, 1, 2, 60]) naps(nap)(scene);
    // A clock that was stopped: everything is due at once.
    scene.engine.transact((transaction) => {
      const late = Object.assign(transaction.draftOf(scene.run));
      transaction.change(late, (change) => passDeadlines({...change, now: change.now + 3000}));
    });
    const fired = scene.lines(9).filter((line) => line.includes('timerFired'));
    expect(fired.map((line) => line.match(/timerId: "(\d+)"/)?.[1])).toEqual(['1', '2', '3']);
    expect([...scene.run.timers.keys()]).toEqual(['60']);
  });

  it('pass at their millisecond, not before', () => {
    const scene = idle();
    naps(1)(scene);
    scene.change((change) => passDeadlines({...change, now: change.now + 999}));
    expect(scene.run.timers.size).toBe(1);
  });
});

describe('a run that times out', () => {
  it('closes for want of a retry policy', () => {
    const scene = idle({workflowRunTimeout: seconds(5)});
    scene.clock.advance(5000);
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +5000 workflowExecutionTimedOut {retryState: 5, newExecutionRunId: ""}",
      ]
    `);
  });

  it('interrupts its worker and writes what came meanwhile', () => {
    const scene = new Scene().start({workflowRunTimeout: seconds(5)});
    naps(3)(scene);
    scene.poll();
    scene.clock.advance(5000);
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +5000 workflowTaskFailed {scheduledEventId: 2, startedEventId: 4, cause: 17, identity: "history-service"}",
        "6 +3000 timerFired {timerId: "3", startedEventId: 3}",
        "7 +5000 workflowExecutionTimedOut {retryState: 5, newExecutionRunId: ""}",
      ]
    `);
  });

  const policy = {retryPolicy: {initialInterval: seconds(3), maximumAttempts: 2}};

  it('is tried again where its policy allows it', () => {
    const scene = idle({workflowRunTimeout: seconds(5), ...policy});
    scene.clock.advance(5000);
    const following = scene.store.find('default', 'a', '');
    const [closed] = scene.lines(5);
    expect(closed).toBe(
      `5 +5000 workflowExecutionTimedOut {retryState: 1, newExecutionRunId: "${following?.runId}"}`,
    );
    expect(following?.runId).not.toBe('first');
    expect(following?.started).toMatchObject({
      attempt: 2,
      continuedFailure: {message: 'workflow timeout', source: 'Server', timeoutFailureInfo: {timeoutType: 1}},
    });
    scene.clock.advance(60_000);
    const last = scene.store.find('default', 'a', '');
    expect(last?.runId).toBe(following?.runId);
    expect(scene.line(last?.history.at(-1) ?? {})).toContain('{retryState: 4, newExecutionRunId: ""}');
  });

  it('is not tried again where the whole workflow is out of time', () => {
    const scene = idle({...expiring(5), ...policy});
    scene.clock.advance(5000);
    expect(scene.lines(5)).toMatchInlineSnapshot(`
      [
        "5 +5000 workflowExecutionTimedOut {retryState: 3, newExecutionRunId: ""}",
      ]
    `);
    expect(scene.store.find('default', 'a', '')?.runId).toBe('first');
  });
});
