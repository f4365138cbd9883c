import {describe, expect, it} from 'vitest';
import {decideRetry, withDefaults} from '../../../source/server/run/retry.ts';
import {RetryState, TimeoutType} from '../../../source/server/wire/enums.ts';
import type {Failure, RetryPolicy} from '../../../source/server/wire/proto.ts';
import {seconds} from './scene.ts';

const never = Number.POSITIVE_INFINITY;
const policy: RetryPolicy = {
  initialInterval: seconds(1),
  backoffCoefficient: 2,
  maximumInterval: seconds(10),
};
const failed: Failure = {applicationFailureInfo: {type: 'Broken'}};
const timedOut = (timeoutType: number): Failure => ({timeoutFailureInfo: {timeoutType}});

const final = {state: RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE};
const spent = {state: RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED};
const late = {state: RetryState.RETRY_STATE_TIMEOUT};
const again = (retryAfter: number) => ({retryAfter});

describe('decideRetry waits', () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 10_000],
    [50, 10_000],
  ])('after attempt %i for %i ms', (attempt, retryAfter) => {
    expect(decideRetry(policy, failed, attempt, 0, never)).toEqual(again(retryAfter));
  });

  it.each<[string, RetryPolicy, number]>([
    ['doubles where no coefficient is given', {initialInterval: seconds(1)}, 4000],
    ['grows by the coefficient', {initialInterval: seconds(1), backoffCoefficient: 3}, 9000],
    ['stays the same with the coefficient 1', {initialInterval: seconds(1), backoffCoefficient: 1}, 1000],
    ['has no limit where none is given', {initialInterval: seconds(1000)}, 4_000_000],
  ])('so long that it %s', (_what, given, retryAfter) => {
    expect(decideRetry(given, failed, 3, 0, never)).toEqual(again(retryAfter));
  });

  it('as long as the failure asks, above the maximum too', () => {
    const asking = {applicationFailureInfo: {nextRetryDelay: seconds(60)}};
    expect(decideRetry(policy, asking, 1, 0, never)).toEqual(again(60_000));
  });
});

describe('decideRetry gives up', () => {
  it.each<[string, number, number, object]>([
    ['not before the last attempt', 2, 3, again(2000)],
    ['after the last attempt', 3, 3, spent],
    ['after more than the last attempt', 4, 3, spent],
    ['never where attempts are not counted', 1000, 0, again(10_000)],
  ])('%s', (_when, attempt, maximumAttempts, decision) => {
    expect(decideRetry({...policy, maximumAttempts}, failed, attempt, 0, never)).toEqual(decision);
  });

  it.each([
    [6000, again(1000)],
    [5999, late],
  ])('where the next attempt could not begin by %i', (expiresAt, decision) => {
    expect(decideRetry(policy, failed, 1, 5000, expiresAt)).toEqual(decision);
  });

  it('for a failure that is final, whatever attempts and time are left', () => {
    const nonRetryable = {applicationFailureInfo: {nonRetryable: true}};
    expect(decideRetry({...policy, maximumAttempts: 1}, nonRetryable, 1, 0, 0)).toEqual(final);
  });
});

const {
  TIMEOUT_TYPE_START_TO_CLOSE: startToClose,
  TIMEOUT_TYPE_HEARTBEAT: heartbeat,
  TIMEOUT_TYPE_SCHEDULE_TO_START: scheduleToStart,
  TIMEOUT_TYPE_SCHEDULE_TO_CLOSE: scheduleToClose,
} = TimeoutType;

describe('decideRetry takes as', () => {
  it.each<[string, Failure, string[], object]>([
    ['retryable: an application failure', failed, [], again(1000)],
    ['final: its type is excluded', failed, ['Other', 'Broken'], final],
    ['retryable: another type is excluded', failed, ['Other'], again(1000)],
    ['retryable: it has no type', {applicationFailureInfo: {}}, ['Broken'], again(1000)],
    ['final: an empty type is excluded', {applicationFailureInfo: {}}, [''], final],
    ['final: it says so', {applicationFailureInfo: {nonRetryable: true}}, [], final],
    ['final: a termination', {terminatedFailureInfo: {}}, [], final],
    ['final: a cancellation', {canceledFailureInfo: {}}, [], final],
    ['retryable: a server failure', {serverFailureInfo: {}}, [], again(1000)],
    ['final: a server failure that says so', {serverFailureInfo: {nonRetryable: true}}, [], final],
    ['retryable: a failure of no kind', {message: 'what'}, ['what'], again(1000)],
    ['retryable: start-to-close', timedOut(startToClose), [], again(1000)],
    ['retryable: heartbeat', timedOut(heartbeat), [], again(1000)],
    ['final: schedule-to-start', timedOut(scheduleToStart), [], final],
    ['final: schedule-to-close', timedOut(scheduleToClose), [], final],
    ['final: a timeout of no type', {timeoutFailureInfo: {}}, [], final],
    ['final: start-to-close excluded', timedOut(startToClose), ['TemporalTimeout:StartToClose'], final],
    ['final: heartbeat excluded', timedOut(heartbeat), ['TemporalTimeout:Heartbeat'], final],
    ['retryable: the other excluded', timedOut(heartbeat), ['TemporalTimeout:StartToClose'], again(1000)],
  ])('%s', (_what, failure, nonRetryableErrorTypes, decision) => {
    expect(decideRetry({...policy, nonRetryableErrorTypes}, failure, 1, 0, never)).toEqual(decision);
  });
});

describe('withDefaults', () => {
  const defaults = {
    initialInterval: seconds(1),
    backoffCoefficient: 2,
    maximumInterval: seconds(100),
  };

  it.each<[string, RetryPolicy | null | undefined, RetryPolicy]>([
    ['nothing', undefined, defaults],
    ['null', null, defaults],
    ['an empty policy', {}, defaults],
    [
      'an initial interval, whose hundredfold is the maximum',
      {initialInterval: seconds(3)},
      {...defaults, initialInterval: seconds(3), maximumInterval: seconds(300)},
    ],
    [
      'what is there, which it keeps',
      {
        backoffCoefficient: 1.5,
        maximumInterval: seconds(7),
        maximumAttempts: 4,
        nonRetryableErrorTypes: ['a'],
      },
      {
        ...defaults,
        backoffCoefficient: 1.5,
        maximumInterval: seconds(7),
        maximumAttempts: 4,
        nonRetryableErrorTypes: ['a'],
      },
    ],
  ])('completes %s', (_what, given, complete) => {
    expect(withDefaults(given)).toEqual(complete);
  });
});
