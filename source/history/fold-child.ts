import {parseSubagentWorkflowId} from '../../workflows/protocol/identity.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import {subagentTool} from '../../workflows/protocol/native-tools.ts';
import {asNumber, asObject, asText, payload} from './attributes.ts';
import {type CallChange, callTransition, ended} from './call-transition.ts';
import {findCall, isOver, putCall} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import type {CallNode, RunNode} from './run-tree.ts';
import type {Transition, Transitions} from './transition.ts';

/** What the events of child workflows make of their parent's run. */
export const childTransitions: Transitions = {
  StartChildWorkflowExecutionInitiated: initiated,
  StartChildWorkflowExecutionFailed: onChild((_call, event) => ({
    state: 'failed',
    endTime: event.time,
    failure: {type: 'ChildWorkflowStartFailure', message: startFailure(event)},
  })),
  ChildWorkflowExecutionStarted: onChild((_call, event) => ({state: 'running', startTime: event.time})),
  ChildWorkflowExecutionCompleted: onChild((_call, event) => ({
    ...ended('completed', event),
    ...answer(event),
  })),
  ChildWorkflowExecutionFailed: onChild((_call, event) => ended('failed', event)),
  ChildWorkflowExecutionCanceled: onChild((_call, event) => ended('canceled', event)),
  ChildWorkflowExecutionTimedOut: onChild((_call, event) => ended('timedOut', event)),
  ChildWorkflowExecutionTerminated: onChild((_call, event) => ({
    ...ended('failed', event),
    failure: {type: 'Terminated', message: 'the subagent was terminated'},
  })),
  RequestCancelExternalWorkflowExecutionInitiated: cancelInitiated,
};

function initiated(run: RunNode, event: HistoryEvent): RunNode {
  const childWorkflowId = asText(event.attributes.workflowId);
  const id = parseSubagentWorkflowId(childWorkflowId)?.callId ?? childWorkflowId;
  const requested = findCall(run, id);
  const agentInput = asObject(payload(event, 'input'));
  const call: CallNode = {
    ...requested,
    id,
    kind: 'subagent',
    name: requested?.name ?? subagentTool,
    state: 'scheduled',
    input: requested?.input ?? spawnInput(agentInput),
    attempt: 1,
    scheduledTime: event.time,
    childWorkflowId,
    calls: [],
    runId: event.runId,
    eventIds: [event.eventId],
    ...line(agentInput),
  };
  return putCall(run, call);
}

function spawnInput(agentInput: JsonObject): JsonObject {
  return {agent_name: asText(agentInput.agent), task: asText(agentInput.prompt)};
}

function line(agentInput: JsonObject): {line?: number} {
  const origin = asObject(agentInput.origin);
  return origin.line === undefined ? {} : {line: asNumber(origin.line)};
}

function answer(event: HistoryEvent): Partial<CallNode> {
  const result = payload(event, 'result');
  return result === undefined ? {} : {result: asObject(result).answer ?? result};
}

function startFailure(event: HistoryEvent): string {
  return asText(event.attributes.cause, 'unknown cause');
}

function cancelInitiated(run: RunNode, event: HistoryEvent): RunNode {
  const target = asText(asObject(event.attributes.workflowExecution).workflowId);
  const call = findCall(run, parseSubagentWorkflowId(target)?.callId ?? target);
  if (call?.childWorkflowId !== target || isOver(call)) return run;
  return putCall(run, {...call, state: 'cancelRequested', eventIds: [...call.eventIds, event.eventId]});
}

function onChild(change: CallChange): Transition {
  return callTransition('initiatedEventId', change);
}
