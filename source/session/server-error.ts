import {status} from '@grpc/grpc-js';
import {
  isGrpcServiceError,
  isRetryableError,
  NamespaceNotFoundError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import {firstLine} from '../../workflows/protocol/first-line.ts';
import {forbiddenWords, noAnswerWords, noNamespaceWords} from '../backend/refusal.ts';

const {CANCELLED, DEADLINE_EXCEEDED, NOT_FOUND, PERMISSION_DENIED, UNAUTHENTICATED, UNAVAILABLE} = status;

const gone = 'The server does not know this run any more: it was deleted';
const over = 'The run is over already';

/** What passes by itself: the server is away, or overloaded. */
const passing = [CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE, status.RESOURCE_EXHAUSTED, status.ABORTED];

/**
 * What a failed call to a server says, in one line for people.
 *
 * @param address the server's
 */
export function serverErrorWords(error: unknown, address: string): string {
  if (error instanceof WorkflowNotFoundError) return /already completed/.test(error.message) ? over : gone;
  if (error instanceof NamespaceNotFoundError) return noNamespaceWords({address, namespace: error.namespace});
  const cause = unwrapped(error);
  if (!isGrpcServiceError(cause)) return firstLine(cause);
  const details = firstLine(cause.details);
  if (cause.code === NOT_FOUND && /workflow|execution|row/i.test(details)) return gone;
  if (cause.code === UNAVAILABLE || cause.code === DEADLINE_EXCEEDED) return noAnswerWords({address});
  if (cause.code === PERMISSION_DENIED || cause.code === UNAUTHENTICATED)
    return forbiddenWords({address}, details);
  return details || cause.message;
}

/** Whether a call that failed may work out later without anything being changed. */
export function isPassing(error: unknown): boolean {
  const cause = unwrapped(error);
  if (!isGrpcServiceError(cause)) return false;
  return passing.includes(cause.code) || (cause.code === status.INTERNAL && isRetryableError(cause));
}

/** Why a history cannot be followed any further, in one line for people. */
export function followErrorWords(error: unknown, address: string): string {
  const words = serverErrorWords(error, address);
  // What is no answer of the server's comes from reading one.
  return isGrpcServiceError(unwrapped(error)) ? words : `The history cannot be decoded: ${words}`;
}

/** The client wraps what gRPC says. */
function unwrapped(error: unknown): unknown {
  const {cause} = (error ?? {}) as {cause?: unknown};
  return cause === undefined ? error : unwrapped(cause);
}
