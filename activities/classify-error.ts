import {ApplicationFailure, CancelledFailure} from '@temporalio/common';
import {clipText} from '../workflows/protocol/clip-results.ts';
import {failureTypes, unregisteredActivityType} from '../workflows/protocol/failures.ts';
import type {JsonValue} from '../workflows/protocol/json.ts';
import {encodedBytes, maximumFailureBytes} from '../workflows/protocol/limits.ts';
import {withoutHostPaths} from './host-paths.ts';

/** Where an error was thrown. */
export interface ErrorOrigin {
  /** Display name of the tool, for the message of an unexpected error. */
  tool: string;
  /** The sandbox's absolute path; paths inside it are shown relative to it. */
  sandbox: string;
  /** The activity's own cancellation: an `AbortError` of anything else is a failure of the tool. */
  signal: AbortSignal;
}

/**
 * Turns whatever a tool threw into what Temporal records. Nothing of the host gets into the history: no stack, no
 * cause, no absolute path; and no more than 16 kB of a message or of details.
 */
export function classifyToolError(error: unknown, origin: ErrorOrigin): Error {
  const {name, message} = error instanceof Error ? error : {name: 'Error', message: error};
  if (isAbort(error, name) && origin.signal.aborted) {
    return error instanceof CancelledFailure ? error : new CancelledFailure('The tool was cancelled');
  }
  const text = presentable(String(message), origin);
  // By name, since an author's module may have loaded a copy of its own.
  switch (name) {
    case failureTypes.validation:
    case failureTypes.execution:
      return failure({message: text, type: name, nonRetryable: true});
    case failureTypes.retryable:
      return failure({message: text, type: name});
    case 'ApplicationFailure':
      return authorsFailure(error as ApplicationFailure, text, origin);
    default:
      return failure({message: `${origin.tool} failed: ${text}`, type: failureTypes.unexpected});
  }
}

function isAbort(error: unknown, name: string): boolean {
  return error instanceof CancelledFailure || name === 'AbortError';
}

/** What an author made with Temporal's own class keeps its meaning. */
function authorsFailure(
  {type, nonRetryable, nextRetryDelay, category, details}: ApplicationFailure,
  message: string,
  origin: ErrorOrigin,
): ApplicationFailure {
  return failure({
    message,
    // The SDK's word for an activity that no worker has would end the run.
    type: type && type !== unregisteredActivityType ? type.toWellFormed() : failureTypes.unexpected,
    nonRetryable: nonRetryable ?? false,
    ...(nextRetryDelay && {nextRetryDelay}),
    ...(category && {category}),
    details: presentableDetails(details ?? [], origin),
  });
}

function presentableDetails(details: readonly unknown[], origin: ErrorOrigin): JsonValue[] {
  try {
    const clean = (_key: string, value: unknown) =>
      typeof value === 'string' ? withoutHostPaths(value, origin.sandbox) : value;
    const text = JSON.stringify(details, clean);
    return Buffer.byteLength(text) <= maximumFailureBytes ? JSON.parse(text) : [clipped(text)];
  } catch {
    // They are no JSON; the message has to do.
    return [];
  }
}

/** Without a stack: it would show where the worker's code lies. */
function failure(options: Parameters<typeof ApplicationFailure.create>[0]): ApplicationFailure {
  const failure = ApplicationFailure.create(options);
  failure.stack = '';
  return failure;
}

/** Well-formed, too: a lone surrogate in it, which has no UTF-8, would take the worker down. */
function presentable(message: string, {sandbox}: ErrorOrigin): string {
  return clipped(withoutHostPaths(message.toWellFormed(), sandbox));
}

function clipped(text: string): string {
  const bytes = encodedBytes(text);
  return bytes <= maximumFailureBytes
    ? text.toWellFormed()
    : clipText(text, maximumFailureBytes, `[clipped: ${bytes} bytes]`);
}
