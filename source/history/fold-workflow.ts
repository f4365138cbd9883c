import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {ToolEntry} from '../../workflows/protocol/manifest.ts';
import {programTool} from '../../workflows/protocol/native-tools.ts';
import {asArray, asObject, asText, payload} from './attributes.ts';
import {isOver, mapCalls, putCall} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import {failureChain} from './failure.ts';
import type {CallNode, CallState, FailureChain, RunNode, RunStatus} from './run-tree.ts';
import type {Transitions} from './transition.ts';

/** What the events of a workflow's own life make of its run. */
export const workflowTransitions: Transitions = {
  WorkflowExecutionStarted: started,
  WorkflowExecutionCancelRequested: (run) => ({...run, cancelRequested: true}),
  WorkflowExecutionCompleted: completed,
  WorkflowExecutionFailed: (run, event) => close(run, event, 'failed'),
  WorkflowExecutionCanceled: (run, event) => close(run, event, 'canceled'),
  WorkflowExecutionTerminated: (run, event) => close(run, event, 'terminated'),
  WorkflowExecutionTimedOut: (run, event) => close(run, event, 'timedOut'),
  WorkflowTaskCompleted: taskCompleted,
  WorkflowTaskFailed: taskFailed,
};

function started(run: RunNode, event: HistoryEvent): RunNode {
  const input = asObject(payload(event, 'input'));
  const manifest = manifestOf(input);
  const agent = asText(input.agent) || asText(asObject(event.attributes.workflowType).name);
  const program = typeof input.program === 'string' ? input.program : undefined;
  const described: RunNode = {
    ...run,
    agent,
    model: asText(asObject(asObject(manifest.agents)[agent]).model) || asText(manifest.model),
    prompt: asText(input.prompt),
    ...(program !== undefined && {program}),
    tools: toolsByName(manifest),
  };
  // After continue-as-new the program's call is there already.
  if (program === undefined || run.turns.length > 0) return described;
  return putCall(described, programOfRun(event, program));
}

/** Of a manifest that another run holds, its outline tells enough. */
function manifestOf(input: JsonObject): JsonObject {
  const {outline, ...manifest} = asObject(input.manifest);
  return {...asObject(outline), ...manifest};
}

function toolsByName(manifest: JsonObject): ReadonlyMap<string, ToolEntry> {
  const entries = asArray(manifest.tools).map((tool) => asObject(tool) as unknown as ToolEntry);
  return new Map(entries.map((tool) => [asText(tool.name), tool]));
}

/** The one call of a run that was given a program instead of a model. */
function programOfRun(event: HistoryEvent, code: string): CallNode {
  return {
    id: 't1.c1',
    kind: 'program',
    name: programTool,
    state: 'running',
    input: {code},
    attempt: 1,
    scheduledTime: event.time,
    startTime: event.time,
    calls: [],
    runId: event.runId,
    eventIds: [],
  };
}

function completed(run: RunNode, event: HistoryEvent): RunNode {
  const result = asObject(payload(event, 'result'));
  return {
    ...close(run, event, 'completed'),
    ...(typeof result.answer === 'string' && {answer: result.answer}),
    ...(result.value !== undefined && {value: result.value}),
  };
}

function close(run: RunNode, event: HistoryEvent, status: RunStatus): RunNode {
  const failure = failureChain(event.attributes.failure) ?? closeReason(event);
  const closed: RunNode = {...run, status, endTime: event.time, ...(failure && {failure})};
  return mapCalls(closed, (call) => (isOver(call) ? call : closeCall(call, event, status, failure)));
}

function closeReason({eventType, attributes}: HistoryEvent): FailureChain | undefined {
  if (eventType === 'WorkflowExecutionTimedOut')
    return {type: 'TimeoutFailure', message: 'the run timed out'};
  const reason = asText(attributes.reason);
  return eventType === 'WorkflowExecutionTerminated' ? {type: 'Terminated', message: reason} : undefined;
}

/** A call without an end of its own: a program ends as its run does, and what still ran was dropped. */
function closeCall(call: CallNode, event: HistoryEvent, status: RunStatus, failure?: FailureChain): CallNode {
  const programStates: Partial<Record<RunStatus, CallState>> = {completed: 'completed', failed: 'failed'};
  const state = (call.kind === 'program' && programStates[status]) || 'canceled';
  const value = asObject(payload(event, 'result')).value;
  return {
    ...call,
    state,
    endTime: event.time,
    ...(call.kind === 'program' && value !== undefined && {result: value}),
    ...(state === 'failed' && failure && {failure}),
  };
}

function taskCompleted(run: RunNode, event: HistoryEvent): RunNode {
  const {taskFailure, ...unstuck} = run;
  const worker = asText(event.attributes.identity);
  const known = worker === '' || run.workers.includes(worker);
  return known ? unstuck : {...unstuck, workers: [...run.workers, worker]};
}

function taskFailed(run: RunNode, event: HistoryEvent): RunNode {
  const taskFailure = failureChain(event.attributes.failure);
  return taskFailure ? {...run, taskFailure} : run;
}
