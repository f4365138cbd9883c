import {definitionsActivityType, modelActivityType} from '../../workflows/protocol/identity.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import {asNumber, asObject, asText, eventReference, payload} from './attributes.ts';
import {type CallChange, callTransition, ended} from './call-transition.ts';
import {callOfEvent, currentTurn, findCall, isOver, putCall} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import {applyFeedback, applyModelStep} from './fold-model-step.ts';
import type {CallNode, RunNode} from './run-tree.ts';
import type {Transition, Transitions} from './transition.ts';

/** What the events of activities make of a run: model steps and tools. */
export const activityTransitions: Transitions = {
  ActivityTaskScheduled: scheduled,
  ActivityTaskStarted: onCall((_call, event) => ({
    state: 'running',
    startTime: event.time,
    attempt: asNumber(event.attributes.attempt, 1),
    ...(event.attributes.identity !== undefined && {worker: asText(event.attributes.identity)}),
  })),
  ActivityTaskCompleted: completed,
  ActivityTaskFailed: onCall((_call, event) => ended('failed', event)),
  ActivityTaskTimedOut: onCall((_call, event) => ended('timedOut', event)),
  ActivityTaskCancelRequested: onCall((call) => (isOver(call) ? {} : {state: 'cancelRequested'})),
  ActivityTaskCanceled: onCall((_call, event) => ended('canceled', event)),
};

function scheduled(run: RunNode, event: HistoryEvent): RunNode {
  const id = asText(event.attributes.activityId);
  const name = asText(asObject(event.attributes.activityType).name);
  if (name === definitionsActivityType) return run;
  const requested = findCall(run, id);
  const call: CallNode = {
    ...requested,
    id,
    kind: name === modelActivityType ? 'model' : 'activity',
    name,
    state: 'scheduled',
    attempt: 1,
    scheduledTime: event.time,
    calls: [],
    runId: event.runId,
    eventIds: [event.eventId],
    ...input(event, requested),
    ...line(event),
  };
  return putCall(call.kind === 'model' ? applyFeedback(run, event) : run, call);
}

/** What the tool got: as it crossed the boundary, which may differ from what the model wrote. */
function input(event: HistoryEvent, requested?: CallNode): {input?: JsonObject | string} {
  const value = payload(event, 'input');
  if (value === undefined) return requested?.input === undefined ? {} : {input: requested.input};
  return {input: typeof value === 'string' ? value : asObject(value)};
}

function line(event: HistoryEvent): {line?: number} {
  const origin = asObject(payload(event, 'input', 1));
  return origin.line === undefined ? {} : {line: asNumber(origin.line)};
}

function completed(run: RunNode, event: HistoryEvent): RunNode {
  const result = payload(event, 'result');
  const finish = onCall(() => ({...ended('completed', event), ...(result !== undefined && {result})}));
  const finished = finish(run, event);
  const call = callOfEvent(finished, eventReference(event, 'scheduledEventId'));
  if (call?.kind !== 'model') return finished;
  return applyModelStep(finished, call, currentTurn(finished), event);
}

function onCall(change: CallChange): Transition {
  return callTransition('scheduledEventId', change);
}
