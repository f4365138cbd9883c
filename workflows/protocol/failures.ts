import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  TimeoutFailure,
} from '@temporalio/common';
import type {ToolFailure} from './tool-call.ts';

/** The `type`s of the failures that tools and runs end with, as they stand in a history. */
export const failureTypes = {
  /** Arguments that a tool cannot take; the model repairs them. */
  validation: 'ToolValidationError',
  /** A known failure; another attempt would not help. */
  execution: 'ToolExecutionError',
  /** A transient failure; Temporal tries again. */
  retryable: 'ToolRetryableError',
  /** Anything else that a tool threw. */
  unexpected: 'ToolError',
  /** A tool that ran out of time. */
  timeout: 'ToolTimeoutError',
  spawn: 'SpawnError',
  program: 'ProgramError',
  limit: 'AgentLimitExceeded',
  missingCapability: 'MissingCapability',
  /** A manifest that this worker's code doesn't know. */
  unsupportedManifest: 'UnsupportedManifest',
  model: 'ModelFailed',
  /** Definitions that another run holds could not be had. */
  definitions: 'DefinitionsUnavailable',
} as const;

/** The SDK's own type for an activity that no worker of the queue has registered. */
export const unregisteredActivityType = 'NotFoundError';

/** What a failed call means for its run. */
export type CallFailure =
  /** Goes back to the model. */
  | {kind: 'feedback'; failure: ToolFailure}
  /** Ends the run: no worker has the activity. */
  | {kind: 'missingCapability'; message: string};

/**
 * Classifies what an activity or a child workflow threw, by its root cause. Cancellation and everything that is not
 * a failure of a call (a determinism violation, continue-as-new) is `undefined`: the caller throws it on.
 */
export function classifyCallFailure(error: unknown): CallFailure | undefined {
  if (error instanceof ActivityFailure) return classifyActivityFailure(error);
  if (error instanceof ChildWorkflowFailure) return classifyChildFailure(error);
  return undefined;
}

/** True where `error` is cancellation, however deep it is wrapped. */
export function isCancelled(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true;
  const wraps = error instanceof ActivityFailure || error instanceof ChildWorkflowFailure;
  return wraps && isCancelled(error.cause);
}

/** The innermost failure of a chain: what really went wrong. */
function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

function classifyActivityFailure(error: ActivityFailure): CallFailure | undefined {
  if (isCancelled(error)) return undefined;
  const cause = innermost(error);
  if (cause instanceof TimeoutFailure) {
    return feedback(failureTypes.timeout, timeoutWords(error.activityType, cause.timeoutType));
  }
  if (!(cause instanceof ApplicationFailure)) return feedback(failureTypes.unexpected, cause.message);
  if (cause.type === unregisteredActivityType) return missingCapability(error.activityType);
  const details = cause.details?.[0];
  return feedback(cause.type ?? failureTypes.unexpected, cause.message, details as ToolFailure['details']);
}

function timeoutWords(activityType: string, timeoutType: TimeoutFailure['timeoutType']): string {
  const why =
    timeoutType === 'HEARTBEAT' ? ': its worker died, or the tool held the event loop of its worker' : '';
  return `${activityType} timed out (${timeoutType})${why}.`;
}

function classifyChildFailure(error: ChildWorkflowFailure): CallFailure | undefined {
  if (isCancelled(error)) return undefined;
  return feedback(failureTypes.spawn, `The subagent failed: ${innermost(error).message}`);
}

function missingCapability(activityType: string): CallFailure {
  const capability = activityType.slice(0, activityType.lastIndexOf('.'));
  return {
    kind: 'missingCapability',
    message: `No worker of this task queue has ${activityType}. Start one with the capability "${capability}".`,
  };
}

function feedback(name: string, message: string, details?: ToolFailure['details']): CallFailure {
  return {kind: 'feedback', failure: {name, message, ...(details !== undefined && {details})}};
}
