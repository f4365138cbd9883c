import {duration, int64, timestamp} from '../wire/numbers.ts';
import type {HistoryEvent} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {WorkflowTask} from './pending.ts';
import {idOf, record} from './record.ts';
import type {Run} from './run.ts';

/** @returns whether the task's scheduled and started events are in the history */
export function isWritten(task: WorkflowTask): boolean {
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
    {
      taskQueue: task.taskQueue,
      startToCloseTimeout: duration(task.startToCloseTimeout),
      attempt: task.attempt,
    },
    null,
    task.scheduledAt,
  );
  task.scheduledEventId = idOf(event);
}

/** Writes the task's started event, at the time when it was started. */
export function recordStarted(change: Change, task: WorkflowTask): void {
  const event = record(
    change,
    'workflowTaskStarted',
    {
      scheduledEventId: int64(task.scheduledEventId),
      identity: task.identity,
      requestId: task.requestId,
      suggestContinueAsNew: task.suggestContinueAsNew,
      historySizeBytes: int64(task.historySizeBytes),
      workerVersion: {buildId: task.buildId},
    },
    null,
    task.startedAt,
  );
  task.startedEventId = idOf(event);
}

/** @returns the events of the pending task that are not in the history but must be shown to the worker */
export function unwrittenEventsOf(run: Run): HistoryEvent[] {
  const task = run.workflowTask;
  if (!task || isWritten(task)) return [];
  // Recorded in a run that nobody sees: the builder stays the only place that makes events.
  const shadow: Run = {...run, history: new Array(task.scheduledEventId - 1), workflowTask: undefined};
  const change: Change = {
    run: shadow,
    now: task.startedAt,
    effects: [],
    needsWorkflowTask: false,
    newId: String,
  };
  writeIfUnwritten(change, {...task});
  return shadow.history.slice(-2);
}

/** Notes the first workflow task that a build completed: the workflow can be reset to it. */
export function addResetPoint({run, now}: Change, buildId: string, completedEventId: number): void {
  if (run.resetPoints.some((point) => point.buildId === buildId)) return;
  run.resetPoints.push({
    buildId,
    runId: run.runId,
    firstWorkflowTaskCompletedId: int64(completedEventId),
    createTime: timestamp(now),
    resettable: true,
  });
}
