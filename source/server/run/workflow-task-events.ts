import {duration, int64, timestamp} from '../wire/numbers.ts';
import type {EventAttributes, HistoryEvent} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {WorkflowTask} from './pending.ts';
import {buildEvent, idOf, numberEvent, record} from './record.ts';
import type {RunState} from './run-state.ts';

/** @returns whether the task's scheduled and started events are in the history */
export function isWritten(task: Readonly<WorkflowTask>): boolean {
  return task.kind === 'normal';
}

/** Writes the events of a task that had none until now: it turned out to matter. */
export function writeIfUnwritten(change: Change, task: WorkflowTask): void {
  if (isWritten(task)) return;
  recordScheduled(change, task);
  recordStarted(change, task);
}

/** Writes the task's scheduled event, at the time when it was scheduled. */
export function recordScheduled(change: Change, task: WorkflowTask): void {
  const event = record(
    change,
    'workflowTaskScheduled',
    scheduledTaskAttributes(task),
    null,
    task.scheduledAt,
  );
  task.scheduledEventId = idOf(event);
}

/** Writes the task's started event, at the time when it was started. */
export function recordStarted(change: Change, task: WorkflowTask): void {
  const event = record(change, 'workflowTaskStarted', startedTaskAttributes(task), null, task.startedAt);
  task.startedEventId = idOf(event);
}

/** @returns the events of the pending task that are not in the history but must be shown to the worker */
export function unwrittenEventsOf({workflowTask: task}: Pick<RunState, 'workflowTask'>): HistoryEvent[] {
  if (!task || isWritten(task)) return [];
  const scheduled = buildEvent('workflowTaskScheduled', scheduledTaskAttributes(task), task.scheduledAt);
  const started = buildEvent('workflowTaskStarted', startedTaskAttributes(task), task.startedAt);
  return [numberEvent(scheduled, task.scheduledEventId), numberEvent(started, task.scheduledEventId + 1)];
}

function scheduledTaskAttributes(task: Readonly<WorkflowTask>): EventAttributes<'workflowTaskScheduled'> {
  return {
    taskQueue: task.taskQueue,
    startToCloseTimeout: duration(task.startToCloseTimeout),
    attempt: task.attempt,
  };
}

function startedTaskAttributes(task: Readonly<WorkflowTask>): EventAttributes<'workflowTaskStarted'> {
  return {
    scheduledEventId: int64(task.scheduledEventId),
    identity: task.identity,
    requestId: task.requestId,
    suggestContinueAsNew: task.suggestContinueAsNew,
    historySizeBytes: int64(task.historySizeBytes),
    workerVersion: {buildId: task.buildId},
  };
}

/** Notes the first workflow task that a build completed: the workflow can be reset to it. */
export function addResetPoint({run, now}: Change, buildId: string, completedEventId: number): void {
  if (run.resetPoints.some((point) => point.buildId === buildId)) return;
  const point = {
    buildId,
    runId: run.runId,
    firstWorkflowTaskCompletedId: int64(completedEventId),
    createTime: timestamp(now),
    resettable: true,
  };
  run.resetPoints = [...run.resetPoints, point];
}
