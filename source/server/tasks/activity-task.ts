import {randomUUID} from 'node:crypto';
import type {Engine} from '../engine/engine.ts';
import type {ActivityTaskResponse} from '../matching/matching.ts';
import type {PollerIdentity, Task} from '../matching/task-queue.ts';
import {startActivity} from '../run/activity.ts';
import type {Activity} from '../run/pending.ts';
import {executionOf, isRunning, type Run} from '../run/run.ts';
import {timestamp} from '../wire/numbers.ts';
import {encodeToken} from './task-token.ts';

/** @returns the task that hands this attempt of the activity to a worker */
export function activityTask(engine: Engine, run: Run, activity: Activity): Task<ActivityTaskResponse> {
  const {attempt} = activity;
  return {
    start(poller) {
      if (!isRunning(run) || activity.state !== 'scheduled' || activity.attempt !== attempt) return undefined;
      return startActivityTask(engine, run, activity, poller);
    },
  };
}

/** Starts an attempt of a scheduled activity. @returns what its worker gets */
export function startActivityTask(
  engine: Engine,
  run: Run,
  activity: Activity,
  {identity, buildId}: Pick<PollerIdentity, 'identity' | 'buildId'>,
): ActivityTaskResponse {
  engine.change(run, (change) =>
    startActivity(change, activity, {identity, buildId, requestId: randomUUID()}),
  );
  return response(run, activity);
}

function response(run: Run, activity: Activity): ActivityTaskResponse {
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
