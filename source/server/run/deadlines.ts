import {RetryState, TaskQueueKind, TimeoutType} from '../wire/enums.ts';
import {expirationOf, timeOutActivity, wakeActivity} from './activity.ts';
import type {Change} from './change.ts';
import {closeRun, interruptWorkflowTask, releaseFirstWorkflowTask} from './lifecycle.ts';
import {retryRun} from './next-run.ts';
import type {Activity, WorkflowTask} from './pending.ts';
import {isRunning, type RunState} from './run-state.ts';
import {fireTimer} from './timer.ts';
import {timeOutWorkflowTask} from './workflow-task.ts';

/** Something that happens by itself at a moment, unless the run changes before. */
interface Deadline {
  /** Milliseconds since the epoch. */
  readonly at: number;
  pass(change: Change): void;
}

/** What deadlines are computed from, of a run or of a draft. */
type DeadlineFields = Pick<
  RunState,
  | 'status'
  | 'runExpiresAt'
  | 'executionExpiresAt'
  | 'workflowTask'
  | 'firstWorkflowTaskAt'
  | 'sticky'
  | 'timers'
  | 'activities'
>;

/**
 * Deadlines are computed from what is pending, never stored: there is nothing to keep in step with the run.
 *
 * @returns when the run must next be woken, infinite if never
 */
export function nextDeadline(run: RunState): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const {at} of deadlines(run)) if (at < earliest) earliest = at;
  return earliest;
}

/** Lets every deadline pass that is due, in order of time. */
export function passDeadlines(change: Change): void {
  const {run, now} = change;
  for (;;) {
    const due = [...deadlines(run)].filter(({at}) => at <= now).sort((a, b) => a.at - b.at);
    const [first] = due;
    if (!first) return;
    first.pass(change);
  }
}

function* deadlines(run: DeadlineFields): Generator<Deadline> {
  if (!isRunning(run)) return;
  yield {at: Math.min(run.runExpiresAt, run.executionExpiresAt), pass: timeOutRun};
  if (run.workflowTask) yield* workflowTaskDeadlines(run, run.workflowTask);
  else if (run.firstWorkflowTaskAt !== undefined) {
    yield {at: run.firstWorkflowTaskAt, pass: releaseFirstWorkflowTask};
  }
  for (const timer of run.timers.values()) {
    yield {at: timer.firesAt, pass: (change) => fireTimer(change, timer)};
  }
  for (const activity of run.activities.values()) yield* activityDeadlines(activity);
}

function* workflowTaskDeadlines({sticky}: DeadlineFields, task: Readonly<WorkflowTask>): Generator<Deadline> {
  if (task.state === 'started') {
    yield {at: task.startedAt + task.startToCloseTimeout, pass: timeOutWorkflowTask};
  } else if (task.taskQueue.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY && sticky) {
    yield {at: task.scheduledAt + sticky.scheduleToStartTimeout, pass: timeOutWorkflowTask};
  }
}

function* activityDeadlines(activity: Readonly<Activity>): Generator<Deadline> {
  const {timeouts, state, scheduledEventId: id} = activity;
  const expire = (timeoutType: number) => (change: Change) => timeOutActivity(change, id, timeoutType);
  yield {at: expirationOf(activity), pass: expire(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE)};
  if (state === 'backingOff') {
    yield {at: activity.scheduledAt, pass: (change) => wakeActivity(change, id)};
  } else if (state === 'scheduled' && timeouts.scheduleToStart > 0) {
    const at = activity.scheduledAt + timeouts.scheduleToStart;
    yield {at, pass: expire(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START)};
  } else if (state === 'started') {
    if (timeouts.startToClose > 0) {
      const at = activity.startedAt + timeouts.startToClose;
      yield {at, pass: expire(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE)};
    }
    if (timeouts.heartbeat > 0) {
      const at = activity.heartbeatAt + timeouts.heartbeat;
      yield {at, pass: expire(TimeoutType.TIMEOUT_TYPE_HEARTBEAT)};
    }
  }
}

function timeOutRun(change: Change): void {
  const {run, now} = change;
  interruptWorkflowTask(change);
  const retry =
    now < run.executionExpiresAt ? retryRun(change, timeoutFailure) : {state: RetryState.RETRY_STATE_TIMEOUT};
  const willRetry = 'start' in retry;
  closeRun(change, 'workflowExecutionTimedOut', {
    retryState: willRetry
      ? RetryState.RETRY_STATE_IN_PROGRESS
      : (retry.state ?? RetryState.RETRY_STATE_RETRY_POLICY_NOT_SET),
    newExecutionRunId: willRetry ? retry.start.runId : '',
  });
  if (willRetry) change.consequences.push({kind: 'startNextRun', start: retry.start});
}

const timeoutFailure = {
  message: 'workflow timeout',
  source: 'Server',
  timeoutFailureInfo: {timeoutType: TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE},
};
