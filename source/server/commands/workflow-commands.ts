import {initiateChild} from '../run/child.ts';
import {initiateCancel, initiateSignal} from '../run/external.ts';
import {record} from '../run/record.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {runTimeoutOf} from '../run/run-timeout.ts';
import {
  ParentClosePolicy,
  TaskQueueKind,
  WorkflowIdReusePolicy,
  WorkflowTaskFailedCause,
} from '../wire/enums.ts';
import {duration, int64, milliseconds} from '../wire/numbers.ts';
import type {CommandAttributes, EventAttributes} from '../wire/proto.ts';
import {
  type CheckContext,
  type CommandTable,
  type Fault,
  isTooLong,
  maximumPayloadSize,
} from './command-table.ts';
import {sizeOfFields, sizeOfPayloads} from './payload-size.ts';

type StartChild = CommandAttributes<'startChildWorkflowExecution'>;

const defaultWorkflowTaskTimeout = 10_000;

/** The commands that reach other workflows, and those that change what the run shows of itself. */
export const workflowCommands: CommandTable = {
  startChildWorkflowExecution: {
    check: checkChild,
    apply(attributes, {change, completedEventId, userMetadata}) {
      initiateChild(change, completed(change.run, attributes, completedEventId), userMetadata);
    },
  },
  requestCancelExternalWorkflowExecution: {
    apply(attributes, {change, completedEventId, userMetadata}) {
      initiateCancel(change, attributes, completedEventId, userMetadata);
    },
  },
  signalExternalWorkflowExecution: {
    check({input}) {
      if (sizeOfPayloads(input) <= maximumPayloadSize) return undefined;
      return {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SIGNAL_WORKFLOW_EXECUTION_ATTRIBUTES,
        message: 'SignalExternalWorkflowExecutionCommandAttributes.Input exceeds size limit.',
        terminates: true,
      };
    },
    apply(attributes, {change, completedEventId, userMetadata}) {
      initiateSignal(change, attributes, completedEventId, userMetadata);
    },
  },
  upsertWorkflowSearchAttributes: {
    apply({searchAttributes}, {change, completedEventId}) {
      const {run} = change;
      run.searchAttributes = {...run.searchAttributes, ...searchAttributes?.indexedFields};
      record(change, 'upsertWorkflowSearchAttributes', {
        workflowTaskCompletedEventId: int64(completedEventId),
        searchAttributes: searchAttributes ?? null,
      });
    },
  },
  modifyWorkflowProperties: {
    apply({upsertedMemo}, {change, completedEventId}) {
      const {run} = change;
      run.memo = {...run.memo, ...upsertedMemo?.fields};
      record(change, 'workflowPropertiesModified', {
        workflowTaskCompletedEventId: int64(completedEventId),
        upsertedMemo: upsertedMemo ?? null,
      });
    },
  },
};

function checkChild(attributes: StartChild, {childIds}: CheckContext): Fault | undefined {
  const workflowId = attributes.workflowId ?? '';
  const type = attributes.workflowType?.name ?? '';
  const command = 'StartChildWorkflowExecutionCommand';
  if (!workflowId) return bad(`Required field WorkflowId is not set on ${command}. WorkflowType=${type}`);
  if (!type) return bad(`Required field WorkflowType is not set on ${command}. WorkflowId=${workflowId}`);
  if (isTooLong(workflowId)) {
    const length = Buffer.byteLength(workflowId);
    return bad(
      `WorkflowId on ${command} exceeds length limit. Length=${length} Limit=1000 WorkflowType=${type}`,
    );
  }
  if (sizeOfPayloads(attributes.input) > maximumPayloadSize) {
    return {
      ...bad('StartChildWorkflowExecutionCommandAttributes. Input exceeds size limit.'),
      terminates: true,
    };
  }
  if (sizeOfFields(attributes.memo?.fields) > maximumPayloadSize) {
    return {
      ...bad('StartChildWorkflowExecutionCommandAttributes.Memo exceeds size limit.'),
      terminates: true,
    };
  }
  childIds.add(workflowId);
  return undefined;
}

function bad(message: string): Fault {
  const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_CHILD_EXECUTION_ATTRIBUTES;
  return {cause, message};
}

function completed(
  run: RunDraft,
  attributes: StartChild,
  completedEventId: number,
): EventAttributes<'startChildWorkflowExecutionInitiated'> {
  return {
    namespace: attributes.namespace || run.namespace.name,
    namespaceId: run.namespace.id,
    workflowId: attributes.workflowId ?? '',
    workflowType: attributes.workflowType ?? null,
    taskQueue: {
      name: attributes.taskQueue?.name || (run.started.taskQueue?.name ?? ''),
      kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
    },
    input: attributes.input ?? null,
    workflowExecutionTimeout: attributes.workflowExecutionTimeout ?? null,
    workflowRunTimeout: duration(runTimeoutOf(attributes)),
    workflowTaskTimeout: duration(milliseconds(attributes.workflowTaskTimeout) || defaultWorkflowTaskTimeout),
    parentClosePolicy: attributes.parentClosePolicy || ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE,
    control: attributes.control ?? '',
    workflowTaskCompletedEventId: int64(completedEventId),
    workflowIdReusePolicy:
      attributes.workflowIdReusePolicy || WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    retryPolicy: attributes.retryPolicy ?? null,
    cronSchedule: attributes.cronSchedule ?? '',
    header: attributes.header ?? null,
    memo: attributes.memo ?? null,
    searchAttributes: attributes.searchAttributes ?? null,
    inheritBuildId: attributes.inheritBuildId ?? false,
    priority: attributes.priority ?? null,
  };
}
