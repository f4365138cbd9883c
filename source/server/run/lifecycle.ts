import {WorkflowExecutionStatus, WorkflowTaskFailedCause} from '../wire/enums.ts';
import type {EventAttributes, EventName} from '../wire/proto.ts';
import type {Change} from './change.ts';
import {flushBuffer, record} from './record.ts';
import {isRunning} from './run-state.ts';
import {failWorkflowTask, scheduleWorkflowTask} from './workflow-task.ts';

/** How the server signs events that it makes on its own. */
export const serverIdentity = 'history-service';

const closeStatuses = {
  workflowExecutionCompleted: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
  workflowExecutionFailed: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
  workflowExecutionCanceled: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
  workflowExecutionTerminated: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED,
  workflowExecutionTimedOut: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
  workflowExecutionContinuedAsNew: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
} satisfies Partial<Record<EventName, number>>;

/** The events that close a run. */
export type CloseEventName = keyof typeof closeStatuses;

/**
 * Writes the first event of a run, and its first workflow task unless that is to wait.
 *
 * @param between writes what belongs between the two
 */
export function startRun(change: Change, between?: (change: Change) => void): void {
  const {run, now} = change;
  record(change, 'workflowExecutionStarted', run.started, run.userMetadata);
  between?.(change);
  if ((run.firstWorkflowTaskAt ?? now) <= now) releaseFirstWorkflowTask(change);
}

/** Lets the first workflow task go ahead: the parent knows of the child, or the delay is over. */
export function releaseFirstWorkflowTask(change: Change): void {
  change.run.firstWorkflowTaskAt = undefined;
  scheduleWorkflowTask(change);
}

/** Adds a signal. @param requestId the same one twice is one signal; may be empty */
export function signalRun(
  change: Change,
  attributes: EventAttributes<'workflowExecutionSignaled'>,
  requestId: string,
): void {
  const {signalRequestIds} = change.run;
  if (requestId && signalRequestIds.has(requestId)) return;
  if (requestId) signalRequestIds.set(requestId, true);
  record(change, 'workflowExecutionSignaled', attributes);
  change.needsWorkflowTask = true;
}

/** Asks the workflow to cancel itself; asking again adds nothing. */
export function requestCancel(
  change: Change,
  attributes: EventAttributes<'workflowExecutionCancelRequested'>,
): void {
  if (change.run.cancelRequested) return;
  change.run.cancelRequested = true;
  record(change, 'workflowExecutionCancelRequested', attributes);
  change.needsWorkflowTask = true;
}

/** Closes the run from outside, whatever it is doing. */
export function terminateRun(
  change: Change,
  attributes: EventAttributes<'workflowExecutionTerminated'>,
): void {
  interruptWorkflowTask(change);
  closeRun(change, 'workflowExecutionTerminated', attributes);
}

/** Ends what the run's worker is doing, so that the run can be closed over its head. */
export function interruptWorkflowTask(change: Change): void {
  const {run} = change;
  if (run.workflowTask?.state === 'started') {
    failWorkflowTask(
      change,
      WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
      null,
      serverIdentity,
    );
  }
  flushBuffer(change);
}

/** Writes the event that closes the run. Nothing can happen in the run after it. */
export function closeRun<Name extends CloseEventName>(
  change: Change,
  name: Name,
  attributes: EventAttributes<Name>,
): void {
  const {run} = change;
  if (!isRunning(run)) return;
  const closeEvent = record(change, name, attributes);
  run.status = closeStatuses[name];
  run.closedAt = change.now;
  run.workflowTask = undefined;
  run.buffered = [];
  change.needsWorkflowTask = false;
  change.consequences.push({kind: 'runClosed', closeEvent});
  change.publications.push({kind: 'closed'});
}
