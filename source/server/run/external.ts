import {
  CancelExternalWorkflowExecutionFailedCause as CancelFailed,
  SignalExternalWorkflowExecutionFailedCause as SignalFailed,
} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import type {CommandAttributes, HistoryEvent, UserMetadata, WorkflowExecution} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {External} from './pending.ts';
import {idOf, record} from './record.ts';

/** Writes down that another workflow shall be canceled; it is asked once that is committed. */
export function initiateCancel(
  change: Change,
  command: CommandAttributes<'requestCancelExternalWorkflowExecution'>,
  completedEventId: number,
  userMetadata: UserMetadata | null | undefined,
): void {
  const attributes = {
    ...targetOf(change, command, command, completedEventId),
    reason: command.reason ?? '',
  };
  const name = 'requestCancelExternalWorkflowExecutionInitiated';
  setOut(change, record(change, name, attributes, userMetadata));
}

/** Writes down that another workflow shall get a signal; it is sent once that is committed. */
export function initiateSignal(
  change: Change,
  command: CommandAttributes<'signalExternalWorkflowExecution'>,
  completedEventId: number,
  userMetadata: UserMetadata | null | undefined,
): void {
  const attributes = {
    ...targetOf(change, command, command.execution ?? {}, completedEventId),
    signalName: command.signalName ?? '',
    input: command.input ?? null,
    header: command.header ?? null,
  };
  const name = 'signalExternalWorkflowExecutionInitiated';
  setOut(change, record(change, name, attributes, userMetadata));
}

/** What both say of the workflow that is meant. */
function targetOf(
  {run}: Change,
  command: {namespace?: string | null; control?: string | null; childWorkflowOnly?: boolean | null},
  {workflowId, runId}: WorkflowExecution,
  completedEventId: number,
) {
  return {
    workflowTaskCompletedEventId: int64(completedEventId),
    namespace: command.namespace || run.namespace.name,
    namespaceId: run.namespace.id,
    workflowExecution: {workflowId: workflowId ?? '', runId: runId ?? ''},
    control: command.control ?? '',
    childWorkflowOnly: command.childWorkflowOnly ?? false,
  };
}

/** @returns what its initiated event says is on its way */
export function externalFrom(event: HistoryEvent): External {
  const initiatedEventId = idOf(event);
  const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
  if (signal) return {kind: 'signal', initiatedEventId, attributes: signal};
  const attributes = event.requestCancelExternalWorkflowExecutionInitiatedEventAttributes ?? {};
  return {kind: 'cancel', initiatedEventId, attributes};
}

function setOut(change: Change, event: HistoryEvent): void {
  const external = externalFrom(event);
  const {initiatedEventId} = external;
  change.run.externals.set(initiatedEventId, external);
  change.consequences.push({kind: 'reachExternal', initiatedEventId});
}

/** Tells the run whether its signal or cancellation reached the other workflow. */
export function externalReached(change: Change, external: External, reached: boolean): void {
  const {kind, initiatedEventId, attributes} = external;
  change.run.externals.delete(initiatedEventId);
  const common = {
    initiatedEventId: int64(initiatedEventId),
    namespace: attributes.namespace ?? '',
    namespaceId: attributes.namespaceId ?? '',
    workflowExecution: attributes.workflowExecution ?? null,
  };
  const control = attributes.control ?? '';
  const workflowTaskCompletedEventId = attributes.workflowTaskCompletedEventId ?? int64(0);
  const failed = {...common, control, workflowTaskCompletedEventId};
  if (kind === 'signal' && reached) record(change, 'externalWorkflowExecutionSignaled', {...common, control});
  else if (kind === 'signal') {
    const cause =
      SignalFailed.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
    record(change, 'signalExternalWorkflowExecutionFailed', {...failed, cause});
  } else if (reached) record(change, 'externalWorkflowExecutionCancelRequested', common);
  else {
    const cause =
      CancelFailed.CANCEL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND;
    record(change, 'requestCancelExternalWorkflowExecutionFailed', {...failed, cause});
  }
  change.needsWorkflowTask = true;
}
