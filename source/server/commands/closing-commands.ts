import {closeRun} from '../run/lifecycle.ts';
import {continueAsNewBackoff, nextRunStart, retryRun} from '../run/next-run.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {
  WorkflowTaskFailedCause as Cause,
  ContinueAsNewInitiator,
  RetryState,
  TaskQueueKind,
} from '../wire/enums.ts';
import {duration, int64, milliseconds} from '../wire/numbers.ts';
import type {CommandAttributes, CommandName, EventAttributes} from '../wire/proto.ts';
import {type CommandContext, type CommandTable, type Fault, maximumPayloadSize} from './command-table.ts';
import {sizeOfFailure, sizeOfPayloads} from './payload-size.ts';

type ContinueAsNew = CommandAttributes<'continueAsNewWorkflowExecution'>;

/** The commands after which the run is closed. */
export const closingCommands = {
  completeWorkflowExecution: {
    check: ({result}) =>
      tooLarge(
        sizeOfPayloads(result),
        Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_SCHEDULE_ACTIVITY_ATTRIBUTES,
        'CompleteWorkflowExecutionCommandAttributes.Result exceeds size limit.',
      ),
    apply({result}, {change, completedEventId}) {
      closeRun(change, 'workflowExecutionCompleted', {
        result: result ?? null,
        workflowTaskCompletedEventId: int64(completedEventId),
      });
    },
  },
  failWorkflowExecution: {
    check: ({failure}) =>
      tooLarge(
        sizeOfFailure(failure),
        Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_FAIL_WORKFLOW_EXECUTION_ATTRIBUTES,
        'FailWorkflowExecutionCommandAttributes.Failure exceeds size limit.',
      ),
    apply: failRun,
  },
  cancelWorkflowExecution: {
    apply({details}, {change, completedEventId}) {
      closeRun(change, 'workflowExecutionCanceled', {
        details: details ?? null,
        workflowTaskCompletedEventId: int64(completedEventId),
      });
    },
  },
  continueAsNewWorkflowExecution: {
    check: ({input}) =>
      tooLarge(
        sizeOfPayloads(input),
        Cause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CONTINUE_AS_NEW_ATTRIBUTES,
        'ContinueAsNewWorkflowExecutionCommandAttributes. Input exceeds size limit.',
      ),
    apply: continueAsNew,
  },
} satisfies CommandTable;

/** @returns whether the command closes the run */
export function isClosing(name: CommandName | undefined): boolean {
  return name !== undefined && Object.hasOwn(closingCommands, name);
}

function tooLarge(size: number, cause: number, message: string): Fault | undefined {
  return size > maximumPayloadSize ? {cause, message, terminates: true} : undefined;
}

function failRun({failure}: CommandAttributes<'failWorkflowExecution'>, context: CommandContext): void {
  const {change, completedEventId} = context;
  const retry = retryRun(change, failure ?? {});
  const willRetry = 'start' in retry;
  closeRun(change, 'workflowExecutionFailed', {
    failure: failure ?? null,
    retryState: willRetry
      ? RetryState.RETRY_STATE_IN_PROGRESS
      : (retry.state ?? RetryState.RETRY_STATE_RETRY_POLICY_NOT_SET),
    workflowTaskCompletedEventId: int64(completedEventId),
    newExecutionRunId: willRetry ? retry.start.runId : '',
  });
  if (willRetry) change.consequences.push({kind: 'startNextRun', start: retry.start});
}

function continueAsNew(command: ContinueAsNew, {change, completedEventId}: CommandContext): void {
  const {run} = change;
  const initiator = command.initiator || ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_WORKFLOW;
  const shared = attributesOfNext(run, command);
  const backoff = continueAsNewBackoff(run, change.now, milliseconds(command.backoffStartInterval));
  const start = nextRunStart(change, {
    ...shared,
    initiator,
    continuedFailure: command.failure ?? null,
    retryPolicy: command.retryPolicy ?? null,
    cronSchedule: command.cronSchedule ?? '',
    firstWorkflowTaskBackoff: duration(backoff),
  });
  closeRun(change, 'workflowExecutionContinuedAsNew', {
    ...shared,
    newExecutionRunId: start.runId,
    workflowTaskCompletedEventId: int64(completedEventId),
    backoffStartInterval: command.backoffStartInterval ?? null,
    failure: command.failure ?? null,
    inheritBuildId: command.inheritBuildId ?? false,
    initialVersioningBehavior: command.initialVersioningBehavior ?? 0,
  });
  change.consequences.push({kind: 'startNextRun', start});
}

/** @returns what the end of the run and the start of the next one both say; what the command leaves open stays as it is */
function attributesOfNext({started}: RunDraft, command: ContinueAsNew) {
  const runTimeout = milliseconds(command.workflowRunTimeout) || milliseconds(started.workflowRunTimeout);
  const taskTimeout = milliseconds(command.workflowTaskTimeout) || milliseconds(started.workflowTaskTimeout);
  return {
    workflowType: command.workflowType?.name ? command.workflowType : (started.workflowType ?? null),
    taskQueue: {
      name: command.taskQueue?.name || (started.taskQueue?.name ?? ''),
      kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL,
    },
    input: command.input ?? null,
    workflowRunTimeout: duration(runTimeout),
    workflowTaskTimeout: duration(taskTimeout),
    lastCompletionResult: command.lastCompletionResult ?? null,
    header: command.header ?? null,
    memo: command.memo ?? null,
    searchAttributes: command.searchAttributes ?? null,
  } satisfies EventAttributes<'workflowExecutionStarted'>;
}
