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

function foldEvent(run: RunNode, event: HistoryEvent): RunNode {
  if (isKnown(run, event)) return run;
  const known = run.runIds.includes(event.runId);
  const counted: RunNode = {
    ...run,
    runIds: known ? run.runIds : [...run.runIds, event.runId],
    eventCount: run.eventCount + 1,
    lastEventId: event.eventId,
  };
  // A foreign history may hold any event type, so it must not reach what objects inherit.
  return Object.hasOwn(transitions, event.eventType)
    ? (transitions[event.eventType]?.(counted, event) ?? counted)
    : counted;
}

function isKnown(run: RunNode, event: HistoryEvent): boolean {
  const index = run.runIds.indexOf(event.runId);
  if (index < 0) return false;
  return index < run.runIds.length - 1 || event.eventId <= run.lastEventId;
}

function blankRun(event: HistoryEvent): RunNode {
  const origin = parseSubagentWorkflowId(event.workflowId);
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
