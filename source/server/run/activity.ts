import {RetryState, TimeoutType} from '../wire/enums.ts';
import {int64, milliseconds, momentOf} from '../wire/numbers.ts';
import type {EventAttributes, Failure, HistoryEvent, Payloads, UserMetadata} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {Activity} from './pending.ts';
import {idOf, record} from './record.ts';
import {decideRetry} from './retry.ts';
import {type ActivityAction, activityMachine, move} from './transitions.ts';
import type {Poller} from './workflow-task.ts';

/**
 * Schedules an activity.
 *
 * @param attributes complete: timeouts and retry policy filled in
 * @returns the id of its scheduled event
 */
export function scheduleActivity(
  change: Change,
  attributes: EventAttributes<'activityTaskScheduled'>,
  userMetadata: UserMetadata | null | undefined,
): number {
  const activity = activityFrom(record(change, 'activityTaskScheduled', attributes, userMetadata));
  change.run.activities.set(activity.scheduledEventId, activity);
  return activity.scheduledEventId;
}

/** @returns the activity as its scheduled event leaves it */
export function activityFrom(event: HistoryEvent): Activity {
  const attributes = event.activityTaskScheduledEventAttributes ?? {};
  const at = momentOf(event.eventTime);
  return {
    state: 'scheduled',
    scheduledEventId: idOf(event),
    attributes,
    activityId: attributes.activityId ?? '',
    userMetadata: event.userMetadata,
    timeouts: {
      scheduleToClose: milliseconds(attributes.scheduleToCloseTimeout),
      scheduleToStart: milliseconds(attributes.scheduleToStartTimeout),
      startToClose: milliseconds(attributes.startToCloseTimeout),
      heartbeat: milliseconds(attributes.heartbeatTimeout),
    },
    firstScheduledAt: at,
    scheduledAt: at,
    startedAt: 0,
    attempt: 1,
    requestId: '',
    identity: '',
    buildId: '',
    heartbeatAt: 0,
    heartbeatDetails: undefined,
    lastFailure: undefined,
    lastAttemptCompletedAt: 0,
    retryInterval: 0,
    cancelRequestedEventId: 0,
  };
}

/** Hands the activity to a poller. Its started event is written together with its closing one. */
export function startActivity(change: Change, scheduledEventId: number, poller: Poller): void {
  const activity = activityOf(change, scheduledEventId);
  step(change, activity, 'start', {...poller, startedAt: change.now, heartbeatAt: change.now});
}

/** Closes the activity with its result. */
export function completeActivity(
  change: Change,
  scheduledEventId: number,
  result: Payloads | null | undefined,
  identity: string,
): void {
  const activity = activityOf(change, scheduledEventId);
  record(change, 'activityTaskCompleted', {
    ...closing(change, activity, 'complete'),
    result: result ?? null,
    identity,
  });
}

/** Records the failure of an attempt: the activity waits for its next one, or fails for good. */
export function failActivity(
  change: Change,
  scheduledEventId: number,
  failure: Failure,
  identity: string,
): void {
  const activity = activityOf(change, scheduledEventId);
  const retryState = retryActivity(change, activity, failure);
  if (retryState === RetryState.RETRY_STATE_IN_PROGRESS) return;
  record(change, 'activityTaskFailed', {...closing(change, activity, 'fail'), failure, retryState, identity});
}

/** Closes the activity as canceled; a cancellation must have been requested. */
export function cancelActivity(
  change: Change,
  scheduledEventId: number,
  details: Payloads | null | undefined,
  identity: string,
): void {
  const activity = activityOf(change, scheduledEventId);
  const latestCancelRequestedEventId = int64(activity.cancelRequestedEventId);
  record(change, 'activityTaskCanceled', {
    ...closing(change, activity, 'cancel'),
    latestCancelRequestedEventId,
    details: details ?? null,
    identity,
  });
}

/** Takes a sign of life. It adds no event; the details are there for the next attempt and for those who look. */
export function recordHeartbeat(
  change: Change,
  scheduledEventId: number,
  details: Payloads | null | undefined,
): void {
  activityOf(change, scheduledEventId).heartbeatAt = change.now;
  if (details) keepHeartbeatDetails(change, scheduledEventId, details);
}

/** Keeps what an attempt said last, for the next one and for those who look. */
export function keepHeartbeatDetails(change: Change, scheduledEventId: number, details: Payloads): void {
  activityOf(change, scheduledEventId).heartbeatDetails = details;
}

/** Lets one of the activity's four timeouts expire; where its retry policy allows it, another attempt follows. */
export function timeOutActivity(change: Change, scheduledEventId: number, timeoutType: number): void {
  const activity = activityOf(change, scheduledEventId);
  const retryState = retryActivity(change, activity, timeoutFailure(timeoutType));
  if (retryState === RetryState.RETRY_STATE_IN_PROGRESS) return;
  const expired = retryState === RetryState.RETRY_STATE_TIMEOUT;
  const failure = timeoutFailure(expired ? TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE : timeoutType);
  if (failure.timeoutFailureInfo)
    failure.timeoutFailureInfo.lastHeartbeatDetails = activity.heartbeatDetails ?? null;
  if (activity.lastFailure) failure.cause = activity.lastFailure;
  record(change, 'activityTaskTimedOut', {...closing(change, activity, 'timeOut'), failure, retryState});
}

/** Puts an activity whose backoff is over into its task queue. */
export function wakeActivity(change: Change, scheduledEventId: number): void {
  const activity = activityOf(change, scheduledEventId);
  step(change, activity, 'wake');
  change.publications.push({kind: 'activityScheduled', scheduledEventId});
}

/** Notes that the workflow wants the activity canceled; the next heartbeat tells its worker. */
export function requestCancelActivity(
  change: Change,
  scheduledEventId: number,
  cancelRequestedEventId: number,
): void {
  activityOf(change, scheduledEventId).cancelRequestedEventId = cancelRequestedEventId;
}

/** @returns the activity's `schedule-to-close` deadline, infinite where it has none */
export function expirationOf(activity: Readonly<Activity>): number {
  const {scheduleToClose} = activity.timeouts;
  return scheduleToClose > 0 ? activity.firstScheduledAt + scheduleToClose : Number.POSITIVE_INFINITY;
}

const timeoutNames = new Map<number, string>([
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE, 'ScheduleToClose'],
  [TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START, 'ScheduleToStart'],
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE, 'StartToClose'],
  [TimeoutType.TIMEOUT_TYPE_HEARTBEAT, 'Heartbeat'],
]);

function timeoutFailure(timeoutType: number): Failure {
  return {
    message: `activity ${timeoutNames.get(timeoutType)} timeout`,
    source: 'Server',
    timeoutFailureInfo: {timeoutType},
  };
}

function retryActivity(change: Change, activity: Activity, failure: Failure): number {
  if (activity.cancelRequestedEventId) return RetryState.RETRY_STATE_CANCEL_REQUESTED;
  const policy = activity.attributes.retryPolicy ?? {};
  const decision = decideRetry(policy, failure, activity.attempt, change.now, expirationOf(activity));
  if ('state' in decision) return decision.state;
  step(change, activity, 'retry', {
    attempt: activity.attempt + 1,
    lastFailure: failure,
    lastAttemptCompletedAt: change.now,
    retryInterval: decision.retryAfter,
    scheduledAt: change.now + decision.retryAfter,
  });
  return RetryState.RETRY_STATE_IN_PROGRESS;
}

function closing(change: Change, activity: Activity, action: 'complete' | 'fail' | 'cancel' | 'timeOut') {
  const wasStarted = activity.state === 'started';
  step(change, activity, action);
  const scheduledEventId = int64(activity.scheduledEventId);
  let startedEventId = 0;
  if (wasStarted) {
    const {identity, requestId, attempt, buildId, lastFailure} = activity;
    const started = record(
      change,
      'activityTaskStarted',
      {
        scheduledEventId,
        identity,
        requestId,
        attempt,
        lastFailure: lastFailure ?? null,
        workerVersion: {buildId},
      },
      null,
      activity.startedAt,
    );
    startedEventId = idOf(started);
  }
  change.run.activities.delete(activity.scheduledEventId);
  change.needsWorkflowTask = true;
  return {scheduledEventId, startedEventId: int64(startedEventId)};
}

function activityOf({run}: Change, scheduledEventId: number): Activity {
  const activity = run.activities.get(scheduledEventId);
  if (!activity) throw new TypeError(`run ${run.runId} has no pending activity ${scheduledEventId}`);
  return activity;
}

function step({run}: Change, activity: Activity, action: ActivityAction, fields?: Partial<Activity>): void {
  move(activityMachine, {run, id: activity.scheduledEventId}, activity, action, fields);
}
