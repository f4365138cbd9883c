import {StartChildWorkflowExecutionFailedCause} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import type {EventAttributes, HistoryEvent, UserMetadata} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {Child} from './pending.ts';
import {idOf, record} from './record.ts';
import {type ChildAction, childMachine, move} from './transitions.ts';

/** Writes down that a child is wanted; it is started once that is committed. */
export function initiateChild(
  change: Change,
  attributes: EventAttributes<'startChildWorkflowExecutionInitiated'>,
  userMetadata: UserMetadata | null | undefined,
): void {
  const event = record(change, 'startChildWorkflowExecutionInitiated', attributes, userMetadata);
  const child = {...childFrom(event), runId: change.newId()};
  const {initiatedEventId} = child;
  change.run.children.set(initiatedEventId, child);
  change.consequences.push({kind: 'startChild', initiatedEventId});
}

/** @returns the child as its initiated event leaves it; which run it gets is not said there */
export function childFrom(event: HistoryEvent): Child {
  return {
    state: 'initiated',
    initiatedEventId: idOf(event),
    attributes: event.startChildWorkflowExecutionInitiatedEventAttributes ?? {},
    userMetadata: event.userMetadata,
    runId: '',
    startedEventId: 0,
  };
}

/** Tells the parent that its child runs. */
export function childStarted(change: Change, initiatedEventId: number): void {
  const child = childOf(change, initiatedEventId);
  step(change, child, 'start');
  const {namespace, namespaceId, workflowId, workflowType, header} = child.attributes;
  const event = record(change, 'childWorkflowExecutionStarted', {
    namespace: namespace ?? '',
    namespaceId: namespaceId ?? '',
    initiatedEventId: int64(child.initiatedEventId),
    workflowExecution: {workflowId: workflowId ?? '', runId: child.runId},
    workflowType: workflowType ?? null,
    header: header ?? null,
  });
  child.startedEventId = idOf(event);
  change.needsWorkflowTask = true;
}

/** Tells the parent that its child could not start because its id is taken. */
export function childRefused(change: Change, initiatedEventId: number): void {
  const child = childOf(change, initiatedEventId);
  step(change, child, 'refuse');
  change.run.children.delete(child.initiatedEventId);
  const {namespace, namespaceId, workflowId, workflowType, control, workflowTaskCompletedEventId} =
    child.attributes;
  record(change, 'startChildWorkflowExecutionFailed', {
    namespace: namespace ?? '',
    namespaceId: namespaceId ?? '',
    workflowId: workflowId ?? '',
    workflowType: workflowType ?? null,
    cause:
      StartChildWorkflowExecutionFailedCause.START_CHILD_WORKFLOW_EXECUTION_FAILED_CAUSE_WORKFLOW_ALREADY_EXISTS,
    control: control ?? '',
    initiatedEventId: int64(child.initiatedEventId),
    workflowTaskCompletedEventId: workflowTaskCompletedEventId ?? int64(0),
  });
  change.needsWorkflowTask = true;
}

/**
 * Tells the parent how its child ended.
 *
 * @param runId the child's last run, which is not its first where it continued as new
 */
export function childClosed(
  change: Change,
  initiatedEventId: number,
  runId: string,
  closeEvent: HistoryEvent,
): void {
  const child = childOf(change, initiatedEventId);
  step(change, child, 'close');
  change.run.children.delete(child.initiatedEventId);
  const {namespace, namespaceId, workflowId, workflowType} = child.attributes;
  const common = {
    namespace: namespace ?? '',
    namespaceId: namespaceId ?? '',
    workflowExecution: {workflowId: workflowId ?? '', runId},
    workflowType: workflowType ?? null,
    initiatedEventId: int64(child.initiatedEventId),
    startedEventId: int64(child.startedEventId),
  };
  recordOutcome(change, common, closeEvent);
  change.needsWorkflowTask = true;
}

function recordOutcome(
  change: Change,
  common: EventAttributes<'childWorkflowExecutionTerminated'>,
  closeEvent: HistoryEvent,
): void {
  const completed = closeEvent.workflowExecutionCompletedEventAttributes;
  const failed = closeEvent.workflowExecutionFailedEventAttributes;
  const canceled = closeEvent.workflowExecutionCanceledEventAttributes;
  const timedOut = closeEvent.workflowExecutionTimedOutEventAttributes;
  if (completed) {
    record(change, 'childWorkflowExecutionCompleted', {...common, result: completed.result ?? null});
  } else if (failed) {
    const {failure, retryState} = failed;
    record(change, 'childWorkflowExecutionFailed', {
      ...common,
      failure: failure ?? null,
      retryState: retryState ?? 0,
    });
  } else if (canceled) {
    record(change, 'childWorkflowExecutionCanceled', {...common, details: canceled.details ?? null});
  } else if (timedOut) {
    record(change, 'childWorkflowExecutionTimedOut', {...common, retryState: timedOut.retryState ?? 0});
  } else record(change, 'childWorkflowExecutionTerminated', common);
}

function childOf({run}: Change, initiatedEventId: number): Child {
  const child = run.children.get(initiatedEventId);
  if (!child) throw new TypeError(`run ${run.runId} has no pending child ${initiatedEventId}`);
  return child;
}

function step({run}: Change, child: Child, action: ChildAction): void {
  move(childMachine, {run, id: child.initiatedEventId}, child, action);
}
