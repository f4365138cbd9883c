import {TaskQueueKind, TimeoutType} from '../wire/enums.ts';
import {int64, milliseconds} from '../wire/numbers.ts';
import type {EventAttributes, Failure, TaskQueueInfo} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {WorkflowTask} from './pending.ts';
import {flushBuffer, idOf, record} from './record.ts';
import type {RunDraft} from './run-draft.ts';
import {nextEventId, type RunState} from './run-state.ts';
import {move, type WorkflowTaskAction, workflowTaskMachine} from './transitions.ts';
import {
  addResetPoint,
  isWritten,
  recordScheduled,
  recordStarted,
  writeIfUnwritten,
} from './workflow-task-events.ts';

/** Who took a task, as its started event says. */
export interface Poller {
  readonly identity: string;
  readonly requestId: string;
  readonly buildId: string;
}

/** What the worker says of itself and of the task as it completes it. */
export type Completion = Pick<
  EventAttributes<'workflowTaskCompleted'>,
  'identity' | 'workerVersion' | 'sdkMetadata' | 'meteringMetadata'
>;

// From the fourth attempt on a task gets more time, as real servers grant it.
const attemptsWithPlainTimeout = 3;
const retryInitialInterval = 5000;
const retryMaximumInterval = 600_000;

// A real server suggests continue-as-new at these sizes.
const suggestedHistoryLength = 4 * 1024;
const suggestedHistorySize = 4 * 1024 * 1024;

/** @returns the queue that the run's next workflow task goes to: the sticky one where there is one */
export function currentTaskQueue(run: Pick<RunState, 'started' | 'sticky'>): TaskQueueInfo {
  const name = run.started.taskQueue?.name ?? '';
  if (!run.sticky) return {name, kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL};
  return {name: run.sticky.taskQueue, kind: TaskQueueKind.TASK_QUEUE_KIND_STICKY, normalName: name};
}

/**
 * Schedules a workflow task unless one is pending.
 *
 * @param options `speculative`: leaves no event unless it completes with a result; `inline`: no poller shall get it
 */
export function scheduleWorkflowTask(
  change: Change,
  options: {speculative?: boolean; inline?: boolean} = {},
): void {
  const {run, now} = change;
  if (run.workflowTask) return;
  if (run.buffered.length > 0) {
    run.workflowTaskAttempt = 1;
    flushBuffer(change);
  }
  const attempt = run.workflowTaskAttempt;
  const kind = attempt > 1 ? 'transient' : options.speculative ? 'speculative' : 'normal';
  const task: WorkflowTask = {
    state: 'scheduled',
    kind,
    scheduledEventId: nextEventId(run),
    startedEventId: 0,
    attempt,
    taskQueue: currentTaskQueue(run),
    startToCloseTimeout: startToCloseTimeout(run, attempt),
    scheduledAt: now,
    startedAt: 0,
    requestId: '',
    identity: '',
    buildId: '',
    suggestContinueAsNew: false,
    historySizeBytes: 0,
  };
  if (isWritten(task)) recordScheduled(change, task);
  run.workflowTask = task;
  if (!options.inline) change.publications.push({kind: 'workflowTaskScheduled'});
}

/** Hands the scheduled workflow task to a poller. */
export function startWorkflowTask(change: Change, poller: Poller): WorkflowTask {
  const {run, now} = change;
  const task = pendingTask(run);
  const historySize = run.historySize;
  const historyLength = nextEventId(run);
  if (!isWritten(task) && task.scheduledEventId !== nextEventId(run)) {
    // Events came after it was scheduled, so it can no longer pretend to be the last thing that happened.
    run.workflowTaskAttempt = 1;
    Object.assign(task, {kind: 'normal', attempt: 1, scheduledAt: now});
    recordScheduled(change, task);
  }
  step(run, task, 'start', {
    ...poller,
    startedAt: now,
    historySizeBytes: historySize,
    suggestContinueAsNew: historySize >= suggestedHistorySize || historyLength >= suggestedHistoryLength,
  });
  if (isWritten(task)) recordStarted(change, task);
  else task.startedEventId = task.scheduledEventId + 1;
  return task;
}

/** Closes the started task as completed; commands follow. @returns the id of its completed event */
export function completeWorkflowTask(change: Change, completion: Completion): number {
  const {run} = change;
  const task = closeTask(run, 'complete');
  writeIfUnwritten(change, task);
  run.lastCompletedStartedEventId = task.startedEventId;
  run.workflowTaskAttempt = 1;
  const event = record(change, 'workflowTaskCompleted', {
    ...completion,
    scheduledEventId: int64(task.scheduledEventId),
    startedEventId: int64(task.startedEventId),
  });
  addResetPoint(change, completion.workerVersion?.buildId ?? '', idOf(event));
  return idOf(event);
}

/** Lets the next workflow task go to the normal queue. */
export function dropSticky({run}: Change): void {
  run.sticky = undefined;
}

/** Forgets a speculative task that turned out to be for nothing. */
export function dropWorkflowTask({run}: Change): void {
  closeTask(run, 'drop');
  run.workflowTaskAttempt = 1;
}

/** Closes the started task as failed. The caller schedules the next one. */
export function failWorkflowTask(
  change: Change,
  cause: number,
  failure: Failure | null | undefined,
  identity: string,
  buildId = '',
): void {
  const {run} = change;
  const task = closeTask(run, 'fail');
  if (task.kind === 'speculative') writeIfUnwritten(change, task);
  if (task.kind !== 'transient') {
    record(change, 'workflowTaskFailed', {
      scheduledEventId: int64(task.scheduledEventId),
      startedEventId: int64(task.startedEventId),
      cause,
      failure: failure ?? null,
      identity,
      workerVersion: buildId ? {buildId} : null,
    });
  }
  countFailure(run, task);
  change.needsWorkflowTask = true;
}

/** Closes the task because the worker was silent for too long: started ones, or on a sticky queue scheduled ones. */
export function timeOutWorkflowTask(change: Change): void {
  const {run} = change;
  const wasStarted = run.workflowTask?.state === 'started';
  const task = closeTask(run, 'timeOut');
  if (task.kind === 'speculative') {
    if (wasStarted) writeIfUnwritten(change, task);
    else recordScheduled(change, task);
  }
  if (task.kind !== 'transient' || !wasStarted) {
    record(change, 'workflowTaskTimedOut', {
      scheduledEventId: int64(task.scheduledEventId),
      startedEventId: int64(wasStarted ? task.startedEventId : 0),
      timeoutType: wasStarted
        ? TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE
        : TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START,
    });
  }
  if (wasStarted) countFailure(run, task);
  else run.sticky = undefined;
  change.needsWorkflowTask = true;
}

function pendingTask(run: RunDraft): WorkflowTask {
  if (!run.workflowTask) throw new TypeError(`run ${run.runId} has no workflow task`);
  return run.workflowTask;
}

function closeTask(run: RunDraft, action: 'complete' | 'fail' | 'timeOut' | 'drop'): WorkflowTask {
  const task = pendingTask(run);
  step(run, task, action);
  run.workflowTask = undefined;
  return task;
}

// A failure on a sticky queue may be the fault of the worker's cache: the first retry elsewhere is a fresh task.
function countFailure(run: RunDraft, task: WorkflowTask): void {
  run.workflowTaskAttempt = run.sticky ? 1 : task.attempt + 1;
  run.sticky = undefined;
}

function startToCloseTimeout(run: RunDraft, attempt: number): number {
  const timeout = milliseconds(run.started.workflowTaskTimeout);
  if (attempt <= attemptsWithPlainTimeout) return timeout;
  const extra = retryInitialInterval * 2 ** (attempt - attemptsWithPlainTimeout - 1);
  return timeout + Math.min(extra, retryMaximumInterval);
}

function step(
  run: RunDraft,
  task: WorkflowTask,
  action: WorkflowTaskAction,
  fields?: Partial<WorkflowTask>,
): void {
  move(workflowTaskMachine, {run, id: task.scheduledEventId}, task, action, fields);
}
