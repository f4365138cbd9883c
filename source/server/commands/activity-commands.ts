import {cancelActivity, requestCancelActivity, scheduleActivity} from '../run/activity.ts';
import {idOf, record} from '../run/record.ts';
import {withDefaults} from '../run/retry.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {TaskQueueKind, WorkflowTaskFailedCause} from '../wire/enums.ts';
import {duration, fromInt64, int64, milliseconds} from '../wire/numbers.ts';
import type {CommandAttributes, EventAttributes, Payloads} from '../wire/proto.ts';
import {
  type CheckContext,
  type CommandTable,
  type Fault,
  isTooLong,
  maximumPayloadSize,
} from './command-table.ts';
import {sizeOfPayloads} from './payload-size.ts';

type Schedule = CommandAttributes<'scheduleActivityTask'>;

const maximumPendingActivities = 2000;

/** The commands that schedule and cancel activities. */
export const activityCommands: CommandTable = {
  scheduleActivityTask: {
    check: checkSchedule,
    apply(attributes, {change, completedEventId, userMetadata, eagerActivities}) {
      const complete = completed(change.run, attributes, completedEventId);
      const scheduledEventId = scheduleActivity(change, complete, userMetadata);
      if (attributes.requestEagerExecution) eagerActivities.push(scheduledEventId);
      else change.publications.push({kind: 'activityScheduled', scheduledEventId});
    },
  },
  requestCancelActivityTask: {
    check({scheduledEventId}, {run}) {
      if (fromInt64(scheduledEventId) <= run.history.length) return undefined;
      return {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_REQUEST_CANCEL_ACTIVITY_ATTRIBUTES,
        message: 'invalid history builder state for action: add-activitytask-cancel-requested-event',
      };
    },
    apply({scheduledEventId}, {change, completedEventId, identity, userMetadata}) {
      const id = fromInt64(scheduledEventId);
      const attributes = {
        scheduledEventId: int64(id),
        workflowTaskCompletedEventId: int64(completedEventId),
      };
      const event = record(change, 'activityTaskCancelRequested', attributes, userMetadata);
      const activity = change.run.activities.get(id);
      if (!activity) return;
      requestCancelActivity(change, id, idOf(event));
      if (activity.state !== 'started') cancelActivity(change, id, notStarted, identity);
    },
  },
};

// The details that a real server gives, encoded as it encodes them.
const notStarted: Payloads = {
  payloads: [
    {
      metadata: {encoding: Buffer.from('json/plain')},
      data: Buffer.from('"ACTIVITY_ID_NOT_STARTED"'),
    },
  ],
};

function checkSchedule(attributes: Schedule, context: CheckContext): Fault | undefined {
  const activityId = attributes.activityId ?? '';
  const type = attributes.activityType?.name ?? '';
  const where = `ActivityId=${activityId} ActivityType=${type}`;
  const problem = scheduleProblem(attributes, activityId, type, where);
  if (problem) return bad(problem);
  if (context.activityIds.has(activityId)) return duplicate(activityId);
  if (sizeOfPayloads(attributes.input) > maximumPayloadSize) {
    return {...bad('ScheduleActivityTaskCommandAttributes.Input exceeds size limit.'), terminates: true};
  }
  context.activityIds.add(activityId);
  context.pendingActivities += 1;
  if (context.pendingActivities <= maximumPendingActivities) return undefined;
  return {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_PENDING_ACTIVITIES_LIMIT_EXCEEDED,
    message: `the number of pending activities, ${maximumPendingActivities}, has reached the per-workflow limit of ${maximumPendingActivities}`,
  };
}

function duplicate(activityId: string): Fault {
  return {
    cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_SCHEDULE_ACTIVITY_DUPLICATE_ID,
    message: `invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: ${activityId}`,
  };
}

function scheduleProblem(attributes: Schedule, activityId: string, type: string, where: string) {
  const prefix = 'on ScheduleActivityTaskCommand';
  if (!activityId) return `ActivityId is not set ${prefix}. ActivityType=${type}`;
  if (!type) return `ActivityType is not set ${prefix}. ActivityID=${activityId}`;
  const limit = (value: string) =>
    `exceeds length limit. ${where} Length=${Buffer.byteLength(value)} Limit=1000`;
  if (isTooLong(activityId)) return `ActivityId ${prefix} ${limit(activityId)}`;
  if (isTooLong(type)) return `ActivityType ${prefix} ${limit(type)}`;
  if (
    milliseconds(attributes.scheduleToCloseTimeout) > 0 ||
    milliseconds(attributes.startToCloseTimeout) > 0
  ) {
    return undefined;
  }
  return `A valid StartToClose or ScheduleToCloseTimeout is not set ${prefix}. ${where}`;
}

function bad(message: string): Fault {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES;
  return {cause, message};
}

// Fills in what the command leaves open, as a real server does before it writes the event.
function completed(
  run: RunDraft,
  attributes: Schedule,
  completedEventId: number,
): EventAttributes<'activityTaskScheduled'> {
  const runTimeout = milliseconds(run.started.workflowRunTimeout);
  const capped = (timeout: number) => (runTimeout > 0 && timeout > runTimeout ? runTimeout : timeout);
  const asked = milliseconds(attributes.scheduleToCloseTimeout);
  const scheduleToClose = capped(asked || runTimeout);
  const toStart = milliseconds(attributes.scheduleToStartTimeout) || scheduleToClose;
  const toClose = milliseconds(attributes.startToCloseTimeout) || scheduleToClose;
  const startToClose = capped(asked ? Math.min(toClose, asked) : toClose);
  const heartbeat = Math.min(capped(milliseconds(attributes.heartbeatTimeout)), startToClose);
  return {
    activityId: attributes.activityId ?? '',
    activityType: attributes.activityType ?? null,
    taskQueue: {
      name: attributes.taskQueue?.name || (run.started.taskQueue?.name ?? ''),
      kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
    },
    header: attributes.header ?? null,
    input: attributes.input ?? null,
    scheduleToCloseTimeout: duration(scheduleToClose),
    scheduleToStartTimeout: duration(capped(asked ? Math.min(toStart, asked) : toStart)),
    startToCloseTimeout: duration(startToClose),
    heartbeatTimeout: duration(heartbeat),
    workflowTaskCompletedEventId: int64(completedEventId),
    retryPolicy: withDefaults(attributes.retryPolicy),
    useWorkflowBuildId: attributes.useWorkflowBuildId ?? false,
    priority: attributes.priority ?? null,
  };
}
