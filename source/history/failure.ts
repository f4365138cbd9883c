import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {asObject, asText} from './attributes.ts';
import type {FailureChain} from './run-tree.ts';

/** The kinds of `temporal.api.failure.v1.Failure` that carry no type of their own, by the field that tells them. */
const typeByField = [
  ['timeoutFailureInfo', 'TimeoutFailure'],
  ['canceledFailureInfo', 'CancelledFailure'],
  ['terminatedFailureInfo', 'TerminatedFailure'],
  ['serverFailureInfo', 'ServerFailure'],
  ['activityFailureInfo', 'ActivityFailure'],
  ['childWorkflowExecutionFailureInfo', 'ChildWorkflowFailure'],
] as const;

/** Reads a failure of Temporal's JSON with its causes; undefined where there is none. */
export function failureChain(value: JsonValue | undefined): FailureChain | undefined {
  if (value === undefined || value === null) return undefined;
  const failure = asObject(value);
  const cause = failureChain(failure.cause);
  // What a client has encoded stands there instead, or that it cannot be read.
  const {message = failure.message, undecodable} = asObject(failure.encodedAttributes);
  const words = undecodable === undefined ? message : `encoded as ${asText(undecodable)}`;
  return {type: failureType(failure), message: asText(words), ...(cause && {cause})};
}

function failureType(failure: JsonObject): string {
  const application = asText(asObject(failure.applicationFailureInfo).type);
  if (application) return application;
  return typeByField.find(([field]) => failure[field])?.[1] ?? 'Error';
}

/** The innermost cause: what actually went wrong. */
export function rootCause(failure: FailureChain): FailureChain {
  let innermost = failure;
  while (innermost.cause) innermost = innermost.cause;
  return innermost;
}

/** The root cause as `Type: message`. Still unchecked text. */
export function describeFailure(failure: FailureChain): string {
  const {type, message} = rootCause(failure);
  return message ? `${type}: ${message}` : type;
}
