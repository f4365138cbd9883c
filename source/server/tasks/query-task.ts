import type {Engine} from '../engine/engine.ts';
import type {Query} from '../engine/live-run.ts';
import type {WorkflowTaskResponse} from '../matching/matching.ts';
import type {QueryTask} from '../matching/task.ts';
import type {PollerIdentity} from '../matching/task-queue.ts';
import {executionOf, type RunState} from '../run/run-state.ts';
import {dropSticky} from '../run/workflow-task.ts';
import {encodeToken} from './task-token.ts';
import {firstPage, header} from './workflow-task.ts';

/**
 * Sends a query without a workflow task. A sticky worker that does not take it in time is given up, and any worker may answer.
 *
 * @returns a function that stops the waiting for the sticky worker
 */
export function sendAlone(engine: Engine, run: RunState, query: Query): () => void {
  const {matching, clock} = engine;
  const namespace = run.namespace.name;
  const normal = run.started.taskQueue?.name ?? '';
  query.sent = false;
  const task = {kind: 'queryTask', namespace, ...executionOf(run), queryId: query.id} as const;
  matching.addWorkflowTask(namespace, {sticky: run.sticky?.taskQueue, normal}, task, clock.now());
  if (!run.sticky) return () => {};
  return clock.wakeAt(clock.now() + run.sticky.scheduleToStartTimeout, () => {
    if (query.sent) return;
    engine.change(run, dropSticky);
    matching.addWorkflowTask(namespace, {sticky: undefined, normal}, task, clock.now());
  });
}

/** @returns what the poller gets, or undefined where nobody waits for the answer any more */
export function takeQueryTask(
  engine: Engine,
  {namespace, workflowId, runId, queryId}: QueryTask,
  {sticky}: PollerIdentity,
): WorkflowTaskResponse | undefined {
  const run = engine.store.find(namespace, workflowId, runId);
  const query = run && engine.live(run).queries.get(queryId);
  if (!run || !query || query.sent) return undefined;
  query.sent = true;
  const token = {namespace, workflowId, runId, scheduledEventId: 0, attempt: 1, startedAt: 0, queryId};
  return {
    ...header(run),
    ...(sticky ? {history: {events: []}} : firstPage(run, 0, run.history.slice())),
    taskToken: encodeToken(token),
    query: query.query,
    attempt: 1,
  };
}
