import {randomUUID} from 'node:crypto';
import type {Engine} from '../engine/engine.ts';
import type {WorkflowTaskResponse} from '../matching/matching.ts';
import type {ScheduledTask} from '../matching/task.ts';
import type {PollerIdentity} from '../matching/task-queue.ts';
import type {Change} from '../run/change.ts';
import {executionOf, isRunning, type RunState} from '../run/run-state.ts';
import {sendUpdates} from '../run/update.ts';
import {startWorkflowTask} from '../run/workflow-task.ts';
import {unwrittenEventsOf} from '../run/workflow-task-events.ts';
import {TaskQueueKind} from '../wire/enums.ts';
import {int64, timestamp} from '../wire/numbers.ts';
import type {HistoryEvent, Message} from '../wire/proto.ts';
import {encodePageToken} from './page-token.ts';
import {encodeToken} from './task-token.ts';

// Longer histories go to the worker in pages.
const maximumEvents = 1000;

/** Puts the run's scheduled workflow task into its task queue. */
export function addWorkflowTask(engine: Engine, run: RunState): void {
  const task = run.workflowTask;
  if (task?.state !== 'scheduled') return;
  const {name, kind, normalName} = task.taskQueue;
  const isSticky = kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
  const queues = {sticky: isSticky ? (name ?? '') : undefined, normal: (isSticky ? normalName : name) ?? ''};
  const namespace = run.namespace.name;
  const {scheduledEventId, attempt} = task;
  const scheduled = {
    kind: 'workflowTask',
    namespace,
    ...executionOf(run),
    scheduledEventId,
    attempt,
  } as const;
  engine.matching.addWorkflowTask(namespace, queues, scheduled, engine.clock.now());
}

/** @returns what the poller gets, or undefined where the task is no longer wanted */
export function takeWorkflowTask(
  engine: Engine,
  {namespace, workflowId, runId, scheduledEventId, attempt}: ScheduledTask,
  poller: PollerIdentity,
): WorkflowTaskResponse | undefined {
  const run = engine.store.find(namespace, workflowId, runId);
  const task = run?.workflowTask;
  if (!run || !isRunning(run) || task?.state !== 'scheduled') return undefined;
  if (task.scheduledEventId !== scheduledEventId || task.attempt !== attempt) return undefined;
  const messages = engine.change(run, (change) => startForPoller(change, poller, randomUUID()));
  return workflowTaskResponse(engine, run, messages, poller.sticky);
}

/** Starts the pending workflow task within a change. @returns the messages that its worker gets with it */
export function startForPoller(
  change: Change,
  {identity, buildId}: Pick<PollerIdentity, 'identity' | 'buildId'>,
  requestId: string,
): Message[] {
  const task = startWorkflowTask(change, {identity, buildId, requestId});
  return sendUpdates(change, task.startedEventId);
}

/**
 * @param sticky whether the worker has the history already
 * @returns what the worker of the run's started workflow task gets
 */
export function workflowTaskResponse(
  engine: Engine,
  run: RunState,
  messages: Message[],
  sticky: boolean,
): WorkflowTaskResponse {
  const task = run.workflowTask;
  if (task?.state !== 'started') throw new TypeError(`run ${run.runId} has no started workflow task`);
  const first = sticky ? run.lastCompletedStartedEventId : 0;
  return {
    ...header(run),
    ...firstPage(run, first, [...run.history.slice(first), ...unwrittenEventsOf(run)]),
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
    queries: takeQueries(engine, run),
  };
}

/** @returns what every task tells of its run */
export function header(run: RunState): WorkflowTaskResponse {
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

/**
 * @param first how many events of the run come before these
 * @returns the events, or as many as one page takes
 */
export function firstPage(run: RunState, first: number, events: HistoryEvent[]): WorkflowTaskResponse {
  if (events.length <= maximumEvents) return {history: {events}};
  const nextPageToken = encodePageToken({runId: run.runId, next: first + maximumEvents, forTask: true});
  return {history: {events: events.slice(0, maximumEvents)}, nextPageToken};
}

function takeQueries(engine: Engine, run: RunState): NonNullable<WorkflowTaskResponse['queries']> {
  const queries: NonNullable<WorkflowTaskResponse['queries']> = {};
  for (const query of engine.live(run).queries.values()) {
    query.sent = true;
    queries[query.id] = query.query;
  }
  return queries;
}
