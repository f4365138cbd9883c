import {RetryState, TimeoutType} from '../wire/enums.ts';
import {duration, milliseconds} from '../wire/numbers.ts';
import type {Failure, RetryPolicy} from '../wire/proto.ts';

/** Whether to try again: after how many milliseconds, or why not. */
export type RetryDecision = {retryAfter: number} | {state: number};

/** @returns the policy with what it leaves open filled in as a real server does it for activities */
export function withDefaults(policy: RetryPolicy | null | undefined): RetryPolicy {
  const initial = milliseconds(policy?.initialInterval) || 1000;
  const maximum = milliseconds(policy?.maximumInterval) || initial * 100;
  return {
    ...policy,
    initialInterval: duration(initial),
    backoffCoefficient: policy?.backoffCoefficient || 2,
    maximumInterval: duration(maximum),
  };
}

/**
 * Decides on another attempt.
 *
 * @param attempt the attempt that failed, from 1
 * @param expiresAt when no further attempt may begin, milliseconds since the epoch, infinite if never
 */
export function decideRetry(
  policy: RetryPolicy,
  failure: Failure,
  attempt: number,
  now: number,
  expiresAt: number,
): RetryDecision {
  if (!isRetryable(failure, policy.nonRetryableErrorTypes ?? [])) {
    return {state: RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE};
  }
  if (policy.maximumAttempts && attempt >= policy.maximumAttempts) {
    return {state: RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED};
  }
  const retryAfter = backoff(policy, failure, attempt);
  if (now + retryAfter > expiresAt) return {state: RetryState.RETRY_STATE_TIMEOUT};
  return {retryAfter};
}

function backoff(policy: RetryPolicy, failure: Failure, attempt: number): number {
  const asked = failure.applicationFailureInfo?.nextRetryDelay;
  if (asked) return milliseconds(asked);
  const maximum = milliseconds(policy.maximumInterval) || Number.POSITIVE_INFINITY;
  return Math.min(
    milliseconds(policy.initialInterval) * (policy.backoffCoefficient || 2) ** (attempt - 1),
    maximum,
  );
}

const retryableTimeouts = new Map<number, string>([
  [TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE, 'TemporalTimeout:StartToClose'],
  [TimeoutType.TIMEOUT_TYPE_HEARTBEAT, 'TemporalTimeout:Heartbeat'],
]);

function isRetryable(failure: Failure, nonRetryableTypes: readonly string[]): boolean {
  if (failure.terminatedFailureInfo || failure.canceledFailureInfo) return false;
  if (failure.timeoutFailureInfo) {
    const type = retryableTimeouts.get(failure.timeoutFailureInfo.timeoutType ?? 0);
    return type !== undefined && !nonRetryableTypes.includes(type);
  }
  if (failure.serverFailureInfo) return !failure.serverFailureInfo.nonRetryable;
  const application = failure.applicationFailureInfo;
  if (!application) return true;
  return !application.nonRetryable && !nonRetryableTypes.includes(application.type ?? '');
}
