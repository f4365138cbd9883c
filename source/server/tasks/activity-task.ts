import {randomUUID} from 'node:crypto';
import type {Engine} from '../engine/engine.ts';
import type {ActivityTaskResponse} from '../matching/matching.ts';
import type {ScheduledTask} from '../matching/task.ts';
import type {PollerIdentity} from '../matching/task-queue.ts';
import {startActivity} from '../run/activity.ts';
import type {Activity} from '../run/pending.ts';
import {executionOf, isRunning, type RunState} from '../run/run-state.ts';
import {timestamp} from '../wire/numbers.ts';
import {encodeToken} from './task-token.ts';

/** Puts an attempt of an activity into its task queue. */
export function addActivityTask(engine: Engine, run: RunState, scheduledEventId: number): void {
  const activity = run.activities.get(scheduledEventId);
  if (activity?.state !== 'scheduled') return;
  const namespace = run.namespace.name;
  const {attempt} = activity;
  const queue = engine.matching.activityQueue(namespace, activity.attributes.taskQueue?.name ?? '');
  queue.add({kind: 'activityTask', namespace, ...executionOf(run), scheduledEventId, attempt});
}

/** @returns what the poller gets, or undefined where the attempt is no longer wanted */
export function takeActivityTask(
  engine: Engine,
  {namespace, workflowId, runId, scheduledEventId, attempt}: ScheduledTask,
  poller: PollerIdentity,
): ActivityTaskResponse | undefined {
  const run = engine.store.find(namespace, workflowId, runId);
  const activity = run?.activities.get(scheduledEventId);
  if (!run || !isRunning(run) || activity?.state !== 'scheduled' || activity.attempt !== attempt)
    return undefined;
  return startActivityTask(engine, run, scheduledEventId, poller);
}

/** Starts an attempt of a scheduled activity. @returns what its worker gets */
export function startActivityTask(
  engine: Engine,
  run: RunState,
  scheduledEventId: number,
  {identity, buildId}: Pick<PollerIdentity, 'identity' | 'buildId'>,
): ActivityTaskResponse {
  engine.change(run, (change) =>
    startActivity(change, scheduledEventId, {identity, buildId, requestId: randomUUID()}),
  );
  return response(run, run.activities.get(scheduledEventId) as Readonly<Activity>);
}

function response(run: RunState, activity: Readonly<Activity>): ActivityTaskResponse {
  const {attributes, scheduledEventId, attempt, startedAt} = activity;
  const token = {namespace: run.namespace.name, ...executionOf(run), scheduledEventId, attempt, startedAt};
  return {
    taskToken: encodeToken(token),
    workflowNamespace: run.namespace.name,
    workflowType: run.started.workflowType ?? null,
    workflowExecution: executionOf(run),
    activityType: attributes.activityType ?? null,
    activityId: activity.activityId,
    header: attributes.header ?? null,
    input: attributes.input ?? null,
    heartbeatDetails: activity.heartbeatDetails ?? null,
    scheduledTime: timestamp(activity.firstScheduledAt),
    currentAttemptScheduledTime: timestamp(activity.scheduledAt),
    startedTime: timestamp(startedAt),
    attempt,
    scheduleToCloseTimeout: attributes.scheduleToCloseTimeout ?? {},
    startToCloseTimeout: attributes.startToCloseTimeout ?? {},
    heartbeatTimeout: attributes.heartbeatTimeout ?? {},
    retryPolicy: attributes.retryPolicy ?? null,
    priority: attributes.priority ?? null,
  };
}
