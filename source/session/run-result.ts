import type {AgentResult} from '../../workflows/protocol/agent.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {HistoryEvent} from '../history/event.ts';
import type {RunResult} from './session.ts';
import {encodedWords, undecodableAs} from './undecodable.ts';

const statusByEventType: Readonly<Record<string, RunResult['status']>> = {
  WorkflowExecutionCompleted: 'completed',
  WorkflowExecutionFailed: 'failed',
  WorkflowExecutionCanceled: 'canceled',
  WorkflowExecutionTerminated: 'terminated',
  WorkflowExecutionTimedOut: 'timedOut',
};

/** How a run ended, read off its last event; undefined while it goes on. */
export function runResult({eventType, attributes}: HistoryEvent): RunResult | undefined {
  const status = statusByEventType[eventType];
  if (!status) return undefined;
  // A retry or a cron schedule goes on as another run.
  if (typeof attributes.newExecutionRunId === 'string' && attributes.newExecutionRunId !== '')
    return undefined;
  if (status === 'completed') return {status, ...agentResult(attributes)};
  const cause = rootFailure(attributes.failure);
  const error = failureWords(cause) ?? attributes.reason;
  const explanation = explanationIn(cause);
  return {
    status,
    ...(typeof error === 'string' && error !== '' && {error}),
    ...(explanation !== '' && {explanation}),
  };
}

function agentResult({result}: JsonObject): Pick<RunResult, 'answer' | 'value' | 'error'> {
  const [first] = Array.isArray(result) ? result : [];
  const encoding = undecodableAs(first);
  if (encoding !== undefined) return {error: `The answer cannot be decoded: ${encodedWords(encoding)}`};
  const {answer, value} = (first ?? {}) as Partial<AgentResult>;
  return {...(typeof answer === 'string' && {answer}), ...(value !== undefined && {value})};
}

/** A client may have encoded what a failure says, and left words that say nothing. */
function failureWords(cause: JsonObject | undefined): JsonValue | undefined {
  const encoding = undecodableAs(cause?.encodedAttributes);
  if (encoding !== undefined) return `The failure cannot be decoded: ${encodedWords(encoding)}`;
  return isObject(cause?.encodedAttributes) ? cause.encodedAttributes.message : cause?.message;
}

function rootFailure(failure: JsonValue | undefined): JsonObject | undefined {
  if (!isObject(failure)) return undefined;
  return rootFailure(failure.cause) ?? failure;
}

/** A failed program's details are its failure, see `runGivenProgram`. */
function explanationIn(cause: JsonObject | undefined): string {
  const info = cause?.applicationFailureInfo;
  const [details] = isObject(info) && Array.isArray(info.details) ? info.details : [];
  if (!isObject(details)) return '';
  const ledBy = typeof details.cause === 'string' ? `Cause: ${details.cause}` : undefined;
  return [details.frame, ledBy, details.hint].filter((part) => typeof part === 'string').join('\n');
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
