import {ApplicationFailure} from '@temporalio/common';

/** What can go wrong with a model step; the `type` of the Temporal failure. */
export type ModelFailureType =
  | 'ModelRateLimited'
  | 'ModelOverloaded'
  | 'ModelUnavailable'
  | 'ModelTimeout'
  | 'ModelAuthentication'
  | 'ModelQuotaExceeded'
  | 'ModelNotFound'
  | 'ModelBadRequest'
  | 'ModelBadResponse'
  | 'ModelContextTooLong'
  | 'ModelEmptyAnswer'
  | 'ModelOutputTruncated'
  | 'ModelContentFiltered'
  | 'ModelRefused';

/** A failure of a model step as data. */
export interface ModelFailure {
  type: ModelFailureType;
  /** One sentence for people: what is wrong and what to do. */
  message: string;
  /** Whether another attempt can help. */
  retryable: boolean;
  /** Milliseconds that the provider asks us to wait. */
  retryAfter?: number;
}

/** A step that the model ended without an answer that can be used. Thrown by the readers of the streams. */
export class UnusableAnswer extends Error {
  override name = 'UnusableAnswer';
  readonly failure: ModelFailure;
  constructor(failure: ModelFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The failure as Temporal takes it. It has no cause and no stack: both would carry paths of the host into a history. */
export function toApplicationFailure({
  type,
  message,
  retryable,
  retryAfter,
}: ModelFailure): ApplicationFailure {
  // A lone surrogate, which has no UTF-8, would take the worker down.
  const words = message.toWellFormed();
  const failure = ApplicationFailure.create({
    type,
    message: words,
    nonRetryable: !retryable,
    ...(retryAfter !== undefined && {nextRetryDelay: retryAfter}),
  });
  failure.stack = `${type}: ${words}`;
  return failure;
}

/** The model reached its output limit: what it said is cut off and must not pass for an answer. */
export function truncated(model: string): UnusableAnswer {
  const message = `${model} reached its output limit in the middle of an answer: ask for less at once.`;
  return new UnusableAnswer({type: 'ModelOutputTruncated', message, retryable: false});
}

/** The model declined. `reason` is what it or its provider said, if anything. */
export function refused(model: string, reason?: string | null): UnusableAnswer {
  const why = reason ? ` and said: ${reason}` : '';
  const message = `${model} refused to answer; rephrase the task or use another model${why || '.'}`;
  return new UnusableAnswer({type: 'ModelRefused', message, retryable: false});
}

/** The provider's filter took the answer away. */
export function filtered(model: string): UnusableAnswer {
  const message = `The content filter of ${model}'s provider stopped the answer: rephrase the task.`;
  return new UnusableAnswer({type: 'ModelContentFiltered', message, retryable: false});
}

/** The conversation no longer fits into the model. */
export function contextTooLong(model: string): UnusableAnswer {
  return new UnusableAnswer({type: 'ModelContextTooLong', message: contextSentence(model), retryable: false});
}

/** What to do about a conversation that is too long. */
export function contextSentence(model: string): string {
  return `The conversation is longer than ${model} can read: start a new one, or use a model that reads more.`;
}

/** The stream ended before the answer did. */
export function incomplete(): UnusableAnswer {
  const message = 'The connection ended before the answer was complete.';
  return new UnusableAnswer({type: 'ModelUnavailable', message, retryable: true});
}

/** The answer ended for a reason that says it is not whole, or that nobody knows. */
export function stopped(model: string, reason: string): UnusableAnswer {
  const message = `${model} broke its answer off with the reason “${reason.slice(0, 100)}”: try again later, or use another model.`;
  return new UnusableAnswer({type: 'ModelUnavailable', message, retryable: true});
}

/** Neither text nor calls, although the model was asked twice. */
export function emptyAnswer(model: string): ModelFailure {
  const message = `${model} gave an empty answer, and again when it was asked once more: rephrase the task or use another model.`;
  return {type: 'ModelEmptyAnswer', message, retryable: false};
}
