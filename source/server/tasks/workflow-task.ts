import {randomUUID} from 'node:crypto';
import type {Engine} from '../engine/engine.ts';
import type {WorkflowTaskResponse} from '../matching/matching.ts';
import type {PollerIdentity, Task} from '../matching/task-queue.ts';
import type {Change} from '../run/change.ts';
import type {WorkflowTask} from '../run/pending.ts';
import {executionOf, isRunning, type Run} from '../run/run.ts';
import {sendUpdates} from '../run/update.ts';
import {startWorkflowTask} from '../run/workflow-task.ts';
import {unwrittenEventsOf} from '../run/workflow-task-events.ts';
import {TaskQueueKind} from '../wire/enums.ts';
import {int64, timestamp} from '../wire/numbers.ts';
import type {HistoryEvent} from '../wire/proto.ts';
import {encodePageToken} from './page-token.ts';
import {encodeToken} from './task-token.ts';

// Longer histories go to the worker in pages.
const maximumEvents = 1000;

/** @returns the task that hands a scheduled workflow task to a worker */
export function workflowTask(engine: Engine, run: Run, task: WorkflowTask): Task<WorkflowTaskResponse> {
  return {
    start(poller) {
      if (!isRunning(run) || run.workflowTask !== task || task.state !== 'scheduled') return undefined;
      return engine.change(run, (change) => startForPoller(change, poller, randomUUID()));
    },
  };
}

/** Starts the pending workflow task within a change. @returns what its worker gets */
export function startForPoller(
  change: Change,
  {identity, buildId, sticky}: Pick<PollerIdentity, 'identity' | 'buildId' | 'sticky'>,
  requestId: string,
): WorkflowTaskResponse {
  const {run} = change;
  const task = startWorkflowTask(change, {identity, buildId, requestId});
  const messages = sendUpdates(change, task.startedEventId);
  const first = sticky ? run.lastCompletedStartedEventId : 0;
  const events = [...run.history.slice(first), ...unwrittenEventsOf(run)];
  return {
    ...header(run),
    ...page(run, first, events),
    taskToken: encodeToken({
      namespace: run.namespace.name,
      ...executionOf(run),
      scheduledEventId: task.scheduledEventId,
      attempt: task.attempt,
      startedAt: task.startedAt,
    }),
    startedEventId: int64(task.startedEventId),
    attempt: task.attempt,
    scheduledTime: timestamp(task.scheduledAt),
    startedTime: timestamp(task.startedAt),
    messages,
    queries: takeQueries(run),
  };
}

/** @returns what every task tells of its run */
export function header(run: Run): WorkflowTaskResponse {
  return {
    workflowExecution: executionOf(run),
    workflowType: run.started.workflowType ?? null,
    previousStartedEventId: int64(run.lastCompletedStartedEventId),
    workflowExecutionTaskQueue: {
      name: run.started.taskQueue?.name ?? '',
      kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
    },
  };
}

/** @returns the history from an event on, or its first page */
export function page(run: Run, first: number, events: readonly HistoryEvent[]): WorkflowTaskResponse {
  if (events.length <= maximumEvents) return {history: {events: [...events]}};
  const nextPageToken = encodePageToken({runId: run.runId, next: first + maximumEvents, forTask: true});
  return {history: {events: events.slice(0, maximumEvents)}, nextPageToken};
}

function takeQueries(run: Run): NonNullable<WorkflowTaskResponse['queries']> {
  const queries: NonNullable<WorkflowTaskResponse['queries']> = {};
  for (const query of run.queries.values()) {
    query.sent = true;
    queries[query.id] = query.query;
  }
  return queries;
}
