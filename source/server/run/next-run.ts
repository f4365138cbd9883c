import {ContinueAsNewInitiator, TaskQueueKind} from '../wire/enums.ts';
import {duration, milliseconds, timestamp} from '../wire/numbers.ts';
import type {EventAttributes, RetryPolicy} from '../wire/proto.ts';
import type {Change} from './change.ts';
import {decideRetry} from './retry.ts';
import type {RunDraft} from './run-draft.ts';
import type {ResetPoint, RunStart} from './run-state.ts';

type Started = EventAttributes<'workflowExecutionStarted'>;

// A real server keeps runs of one workflow a second apart, against tight loops of continue-as-new.
const minimumRunInterval = 1000;

const retention = 24 * 60 * 60 * 1000;

/**
 * @param changed what the next run gets that this one had not
 * @returns the start of the run that follows this one
 */
export function nextRunStart({run, now, newId}: Change, changed: Started): RunStart {
  const runId = newId();
  const requestId = newId();
  const {started} = run;
  const kept: Started = {
    workflowType: started.workflowType ?? null,
    taskQueue: {name: started.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL},
    workflowExecutionTimeout: started.workflowExecutionTimeout ?? null,
    workflowRunTimeout: started.workflowRunTimeout ?? null,
    workflowTaskTimeout: started.workflowTaskTimeout ?? null,
    workflowExecutionExpirationTime: started.workflowExecutionExpirationTime ?? null,
    parentWorkflowNamespace: started.parentWorkflowNamespace ?? '',
    parentWorkflowNamespaceId: started.parentWorkflowNamespaceId ?? '',
    parentWorkflowExecution: started.parentWorkflowExecution ?? null,
    parentInitiatedEventId: started.parentInitiatedEventId ?? null,
    rootWorkflowExecution: started.rootWorkflowExecution ?? null,
    firstExecutionRunId: started.firstExecutionRunId ?? '',
    continuedExecutionRunId: run.runId,
    originalExecutionRunId: runId,
    priority: started.priority ?? null,
    workflowId: run.workflowId,
    attempt: 1,
  };
  if (run.resetPoints.length > 0) kept.prevAutoResetPoints = {points: rolledOver(run, now)};
  const {namespace, workflowId, userMetadata} = run;
  return {namespace, workflowId, runId, requestId, userMetadata, started: {...kept, ...changed}};
}

/** @returns how long the next run must wait with its first workflow task, in milliseconds */
export function continueAsNewBackoff(run: RunDraft, now: number, asked: number): number {
  const lifetime = now - run.startedAt - milliseconds(run.started.firstWorkflowTaskBackoff);
  return lifetime + asked < minimumRunInterval ? minimumRunInterval - lifetime : asked;
}

/**
 * Decides whether a failed or timed out run is tried again by its retry policy.
 *
 * @returns the start of the next run, or why there is none
 */
export function retryRun(
  change: Change,
  failure: NonNullable<Started['continuedFailure']>,
): {start: RunStart} | {state: number | undefined} {
  const {run, now} = change;
  const policy: RetryPolicy | null | undefined = run.started.retryPolicy;
  if (!policy) return {state: undefined};
  const attempt = run.started.attempt ?? 1;
  const decision = decideRetry(policy, failure, attempt, now, run.executionExpiresAt);
  if ('state' in decision) return decision;
  const {input, header, memo, searchAttributes, retryPolicy} = run.started;
  const start = nextRunStart(change, {
    input: input ?? null,
    header: header ?? null,
    memo: memo ?? null,
    searchAttributes: searchAttributes ?? null,
    retryPolicy: retryPolicy ?? null,
    attempt: attempt + 1,
    initiator: ContinueAsNewInitiator.CONTINUE_AS_NEW_INITIATOR_RETRY,
    continuedFailure: failure,
    firstWorkflowTaskBackoff: duration(decision.retryAfter),
  });
  return {start};
}

// The points of the run that ends now are kept for as long as the run itself would be.
function rolledOver(run: RunDraft, now: number): ResetPoint[] {
  const expireTime = timestamp(now + retention);
  return run.resetPoints.map((point) => (point.runId === run.runId ? {...point, expireTime} : point));
}
