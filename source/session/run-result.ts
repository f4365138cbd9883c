import type {AgentResult} from '../../workflows/protocol/agent.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {HistoryEvent} from '../history/event.ts';
import type {RunResult} from './session.ts';

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
  const error = rootMessage(attributes.failure) ?? (attributes.reason as string | undefined);
  return {status, ...(error !== undefined && error !== '' && {error})};
}

function agentResult({result}: JsonObject): {answer?: string; value?: JsonValue} {
  const [first] = Array.isArray(result) ? result : [];
  const {answer, value} = (first ?? {}) as Partial<AgentResult>;
  return {...(typeof answer === 'string' && {answer}), ...(value !== undefined && {value})};
}

function rootMessage(failure: JsonValue | undefined): string | undefined {
  if (typeof failure !== 'object' || failure === null || Array.isArray(failure)) return undefined;
  return rootMessage(failure.cause) ?? (failure.message as string | undefined);
}
