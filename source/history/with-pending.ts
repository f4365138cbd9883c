import {isOver, mapCalls} from './calls.ts';
import type {PendingActivity} from './event.ts';
import type {CallNode, CallState, PendingActivities, RunForest, RunNode} from './run-tree.ts';

const stateOf: Record<PendingActivity['state'], CallState> = {
  scheduled: 'scheduled',
  started: 'running',
  cancelRequested: 'cancelRequested',
};

/**
 * The forest with what the server says of activities in flight: state, attempt, worker, last failure, next attempt,
 * streamed text. A history that is further than the server's answer wins.
 */
export function withPending(forest: RunForest, pending: PendingActivities): RunForest {
  if (pending.size === 0) return forest;
  const runs = new Map(forest.runs);
  for (const [workflowId, activities] of pending) {
    const run = runs.get(workflowId);
    if (run && activities.length > 0) runs.set(workflowId, runWithPending(run, activities));
  }
  return {runs};
}

function runWithPending(run: RunNode, activities: readonly PendingActivity[]): RunNode {
  if (run.status !== 'running') return run;
  const byId = new Map(activities.map((activity) => [activity.activityId, activity]));
  return mapCalls(run, (call) => {
    const activity = byId.get(call.id);
    return activity && !isOver(call) ? callWithPending(call, activity) : call;
  });
}

function callWithPending(call: CallNode, pending: PendingActivity): CallNode {
  const state = call.state === 'cancelRequested' ? call.state : stateOf[pending.state];
  const worker = pending.worker ?? call.worker;
  return {...call, state, attempt: pending.attempt, ...(worker !== undefined && {worker}), pending};
}
