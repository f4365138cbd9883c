import {parseCallId} from '../../workflows/protocol/identity.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {nativeToolFacts} from '../../workflows/protocol/native-tools.ts';
import {addUsage} from '../../workflows/protocol/usage.ts';
import {asArray, asNumber, asObject, asText, payload} from './attributes.ts';
import {findCall, isOver, putCall} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import type {CallNode, RunNode} from './run-tree.ts';

/** A finished model step: its tool calls are there from now on, and programs among them are running. */
export function applyModelStep(run: RunNode, step: CallNode, turn: number, event: HistoryEvent): RunNode {
  const result = asObject(payload(event, 'result'));
  const counted = result.usage === undefined ? run : countUsage(run, step, asObject(result.usage));
  const requests = asArray(asObject(result.message).toolCalls).map(asObject);
  return requests.reduce((current, request) => putRequest(current, request, turn, event), counted);
}

function countUsage(run: RunNode, step: CallNode, counts: JsonObject): RunNode {
  const usage = {
    input: asNumber(counts.input),
    cached: asNumber(counts.cached),
    output: asNumber(counts.output),
  };
  return {...putCall(run, {...step, usage}), usage: addUsage(run.usage, usage) ?? usage};
}

function putRequest(run: RunNode, request: JsonObject, turn: number, event: HistoryEvent): RunNode {
  const id = asText(request.id);
  // Ids follow from turn and position; anything else is not of this turn and would break the order of the tree.
  if (parseCallId(id)?.turn !== turn || findCall(run, id)) return run;
  const name = asText(request.name);
  return putCall(run, {
    id,
    ...requestKind(run, name),
    input: typeof request.input === 'string' ? request.input : asObject(request.input),
    attempt: 1,
    calls: [],
    runId: event.runId,
    eventIds: [],
    ...(nativeToolFacts(name)?.kind === 'program' && {scheduledTime: event.time, startTime: event.time}),
  });
}

function requestKind(run: RunNode, name: string): Pick<CallNode, 'kind' | 'name' | 'state'> {
  const native = nativeToolFacts(name);
  if (native) return {kind: native.kind, name, state: native.kind === 'program' ? 'running' : 'requested'};
  const tool = run.tools.get(name);
  if (!tool) return {kind: 'local', name, state: 'requested'};
  const isActivity = tool.transport === 'activity';
  return {
    kind: isActivity ? 'activity' : 'local',
    name: isActivity ? `${tool.capability}.${name}` : name,
    state: 'requested',
  };
}

/** What the model is told in its next step: how programs ended, and calls that never became an event. */
export function applyFeedback(run: RunNode, event: HistoryEvent): RunNode {
  const messages = asArray(asObject(payload(event, 'input')).messages).map(asObject);
  return messages
    .filter(({role}) => role === 'tool')
    .reduce((current, message) => applyToolMessage(current, message, event.time), run);
}

function applyToolMessage(run: RunNode, message: JsonObject, time: number): RunNode {
  const call = findCall(run, asText(message.callId));
  if (!call) return run;
  const feedback = message.failure === undefined ? undefined : toolFailure(asObject(message.failure));
  if (isOver(call)) return feedback ? putCall(run, {...call, feedback}) : run;
  return putCall(run, {
    ...call,
    kind: call.kind === 'program' ? 'program' : 'local',
    state: feedback ? 'failed' : 'completed',
    endTime: time,
    ...(message.result !== undefined && {result: message.result}),
    ...(feedback && {feedback, failure: {type: feedback.name, message: feedback.message}}),
  });
}

function toolFailure(failure: JsonObject): {name: string; message: string; details?: JsonValue} {
  const {details} = failure;
  return {
    name: asText(failure.name, 'Error'),
    message: asText(failure.message),
    ...(details !== undefined && {details}),
  };
}
