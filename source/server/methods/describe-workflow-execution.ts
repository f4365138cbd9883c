import {method} from '../grpc/method.ts';
import {expirationOf} from '../run/activity.ts';
import type {Activity, Child, WorkflowTask} from '../run/pending.ts';
import type {RunState} from '../run/run-state.ts';
import {executionInfo} from '../visibility/execution-info.ts';
import {PendingActivityState as ActivityState, PendingWorkflowTaskState as TaskState} from '../wire/enums.ts';
import {duration, int64, timestamp} from '../wire/numbers.ts';
import type {Response} from '../wire/proto.ts';
import {findRun} from './lookup.ts';

type Description = Response<'DescribeWorkflowExecution'>;
type PendingActivity = NonNullable<Description['pendingActivities']>[number];
type PendingChild = NonNullable<Description['pendingChildren']>[number];

export const describeWorkflowExecution = method('DescribeWorkflowExecution', (engine, request) => {
  const run = findRun(engine, request.namespace, request.execution);
  const {started} = run;
  return {
    executionConfig: {
      taskQueue: started.taskQueue ?? null,
      workflowExecutionTimeout: started.workflowExecutionTimeout ?? null,
      workflowRunTimeout: started.workflowRunTimeout ?? null,
      defaultWorkflowTaskTimeout: started.workflowTaskTimeout ?? {},
      userMetadata: run.userMetadata ?? null,
    },
    workflowExecutionInfo: executionInfo(run),
    pendingActivities: [...run.activities.values()].map(pendingActivity),
    pendingChildren: [...run.children.values()].map(pendingChild),
    pendingWorkflowTask: run.workflowTask ? pendingWorkflowTask(run.workflowTask) : null,
    workflowExtendedInfo: extendedInfo(run),
  };
});

function extendedInfo(run: RunState): NonNullable<Description['workflowExtendedInfo']> {
  const expiration = (at: number) => (at < Number.POSITIVE_INFINITY ? timestamp(at) : null);
  return {
    executionExpirationTime: expiration(run.executionExpiresAt),
    runExpirationTime: expiration(run.runExpiresAt),
    cancelRequested: run.cancelRequested,
    originalStartTime: timestamp(run.startedAt),
  };
}

function pendingActivity(activity: Readonly<Activity>): PendingActivity {
  const {attributes, state, lastFailure} = activity;
  const queue = attributes.taskQueue?.name ?? '';
  const isBackingOff = state === 'backingOff';
  const optional = (at: number) => (at > 0 ? timestamp(at) : null);
  const expiration = expirationOf(activity);
  return {
    activityId: activity.activityId,
    activityType: attributes.activityType ?? null,
    state: stateOf(activity),
    heartbeatDetails: activity.heartbeatDetails ?? null,
    lastHeartbeatTime: optional(activity.heartbeatAt),
    lastStartedTime: optional(activity.startedAt),
    attempt: activity.attempt,
    maximumAttempts: attributes.retryPolicy?.maximumAttempts ?? 0,
    scheduledTime: state === 'started' ? null : timestamp(activity.scheduledAt),
    expirationTime: expiration < Number.POSITIVE_INFINITY ? timestamp(expiration) : null,
    lastFailure: lastFailure ?? null,
    lastWorkerIdentity: activity.identity,
    currentRetryInterval: isBackingOff ? duration(activity.retryInterval) : null,
    lastAttemptCompleteTime: optional(activity.lastAttemptCompletedAt),
    nextAttemptScheduleTime: isBackingOff ? timestamp(activity.scheduledAt) : null,
    priority: attributes.priority ?? null,
    activityOptions: {
      taskQueue: {name: queue, normalName: queue},
      scheduleToCloseTimeout: attributes.scheduleToCloseTimeout ?? null,
      scheduleToStartTimeout: attributes.scheduleToStartTimeout ?? null,
      startToCloseTimeout: attributes.startToCloseTimeout ?? null,
      heartbeatTimeout: attributes.heartbeatTimeout ?? null,
      retryPolicy: attributes.retryPolicy ?? null,
    },
  };
}

function stateOf({state, cancelRequestedEventId}: Readonly<Activity>): number {
  if (cancelRequestedEventId) return ActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED;
  if (state === 'started') return ActivityState.PENDING_ACTIVITY_STATE_STARTED;
  return ActivityState.PENDING_ACTIVITY_STATE_SCHEDULED;
}

function pendingChild(child: Readonly<Child>): PendingChild {
  const {workflowId, workflowType, parentClosePolicy} = child.attributes;
  return {
    workflowId: workflowId ?? '',
    runId: child.state === 'started' ? child.runId : '',
    workflowTypeName: workflowType?.name ?? '',
    initiatedId: int64(child.initiatedEventId),
    parentClosePolicy: parentClosePolicy ?? 0,
  };
}

function pendingWorkflowTask(task: Readonly<WorkflowTask>): NonNullable<Description['pendingWorkflowTask']> {
  const isStarted = task.state === 'started';
  return {
    state: isStarted
      ? TaskState.PENDING_WORKFLOW_TASK_STATE_STARTED
      : TaskState.PENDING_WORKFLOW_TASK_STATE_SCHEDULED,
    scheduledTime: timestamp(task.scheduledAt),
    originalScheduledTime: timestamp(task.scheduledAt),
    startedTime: isStarted ? timestamp(task.startedAt) : null,
    attempt: task.attempt,
  };
}
