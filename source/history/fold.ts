import {parseSubagentWorkflowId} from '../../workflows/protocol/identity.ts';
import type {HistoryEvent} from './event.ts';
import {activityTransitions} from './fold-activity.ts';
import {childTransitions} from './fold-child.ts';
import {timerTransitions} from './fold-timer.ts';
import {workflowTransitions} from './fold-workflow.ts';
import type {RunForest, RunNode} from './run-tree.ts';
import type {Transitions} from './transition.ts';

const transitions: Transitions = {
  ...workflowTransitions,
  ...activityTransitions,
  ...childTransitions,
  ...timerTransitions,
};

/** A forest that nothing has happened in. */
export const emptyForest: RunForest = {runs: new Map()};

/**
 * The forest after these events. Events of one workflow come in their order; workflows may be mixed at will. An event
 * that was folded before changes nothing, so a history may be read again from its start.
 */
export function foldEvents(forest: RunForest, events: Iterable<HistoryEvent>): RunForest {
  const runs = new Map(forest.runs);
  for (const event of events) {
    runs.set(event.workflowId, foldEvent(runs.get(event.workflowId) ?? blankRun(event), event));
  }
  return {runs};
}

/** True where a forest has an event already: after a restart histories are read again from their start. */
export function isKnown({runs}: RunForest, event: HistoryEvent): boolean {
  const run = runs.get(event.workflowId);
  return run !== undefined && isFolded(run, event);
}

function foldEvent(before: RunNode, event: HistoryEvent): RunNode {
  if (isFolded(before, event)) return before;
  const run = startsAgain(before, event) ? {...blankRun(event), ...counted(before)} : before;
  const known = run.runIds.includes(event.runId);
  const next: RunNode = {
    ...run,
    runIds: known ? run.runIds : [...run.runIds, event.runId],
    eventCount: run.eventCount + 1,
    lastEventId: event.eventId,
  };
  // A foreign history may hold any event type, so it must not reach what objects inherit.
  return Object.hasOwn(transitions, event.eventType)
    ? (transitions[event.eventType]?.(next, event) ?? next)
    : next;
}

/** A run that had ended goes on as another one: it was reset, or is tried again. What it did before does not count. */
function startsAgain({status, runIds}: RunNode, {eventType, runId}: HistoryEvent): boolean {
  return eventType === 'WorkflowExecutionStarted' && status !== 'running' && !runIds.includes(runId);
}

function counted({runIds, eventCount}: RunNode): Pick<RunNode, 'runIds' | 'eventCount'> {
  return {runIds, eventCount};
}

function isFolded({runIds, lastEventId}: RunNode, {runId, eventId}: HistoryEvent): boolean {
  const index = runIds.indexOf(runId);
  return index >= 0 && (index < runIds.length - 1 || eventId <= lastEventId);
}

/** The first event knows best whether a workflow is a subagent; where that is missing, its id tells. */
function originOf({eventType, attributes, workflowId}: HistoryEvent) {
  const origin = parseSubagentWorkflowId(workflowId);
  const isRoot = eventType === 'WorkflowExecutionStarted' && attributes.parentWorkflowExecution === undefined;
  return isRoot ? undefined : origin;
}

function blankRun(event: HistoryEvent): RunNode {
  const origin = originOf(event);
  return {
    workflowId: event.workflowId,
    runIds: [],
    ...(origin && {parent: {workflowId: origin.parentWorkflowId, callId: origin.callId}}),
    agent: '',
    model: '',
    prompt: '',
    tools: new Map(),
    status: 'running',
    cancelRequested: false,
    startTime: event.time,
    turns: [],
    workers: [],
    eventCount: 0,
    lastEventId: 0,
  };
}
