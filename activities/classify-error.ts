import {ApplicationFailure, CancelledFailure} from '@temporalio/common';
import {failureTypes} from '../workflows/protocol/failures.ts';

/**
 * Turns whatever a tool threw into what Temporal records. Nothing of the host gets into the history: no stack, no
 * absolute path.
 *
 * @param tool display name for the message of an unexpected error
 * @param sandbox the sandbox's absolute path; paths inside it are shown relative to it
 */
export function classifyToolError(error: unknown, tool: string, sandbox: string): Error {
  if (error instanceof CancelledFailure) return error;
  const {name, message} = error instanceof Error ? error : {name: 'Error', message: String(error)};
  const text = withoutHostPaths(message, sandbox);
  // By name, since an author's module may have loaded a copy of its own.
  switch (name) {
    case failureTypes.validation:
    case failureTypes.execution:
      return withoutStack(ApplicationFailure.nonRetryable(text, name));
    case failureTypes.retryable:
      return withoutStack(ApplicationFailure.retryable(text, name));
    case 'AbortError':
      return new CancelledFailure('The tool was cancelled');
    case 'ApplicationFailure':
      return withoutStack(error as ApplicationFailure);
    default:
      return withoutStack(ApplicationFailure.retryable(`${tool} failed: ${text}`, failureTypes.unexpected));
  }
}

/**
 * A failure that carries no stack into the history, and a message that is well-formed: a lone surrogate in it, which
 * has no UTF-8, would take the worker down.
 */
export function withoutStack<T extends Error>(failure: T): T {
  failure.stack = '';
  failure.message = failure.message.toWellFormed();
  return failure;
}

function withoutHostPaths(message: string, sandbox: string): string {
  return message
    .replaceAll(`${sandbox}/`, '')
    .replaceAll(sandbox, '.')
    .replace(/(?<![\w.:/])(?:\/[^\s/'"`:,;)]+){2,}\/?/g, '<path>')
    .replace(/\b[A-Za-z]:\\[^\s'"`:,;)]+/g, '<path>');
}
