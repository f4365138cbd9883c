import type {Engine} from '../engine/engine.ts';
import type {WorkflowTaskResponse} from '../matching/matching.ts';
import type {Task} from '../matching/task-queue.ts';
import type {Query} from '../run/pending.ts';
import {executionOf, type Run} from '../run/run.ts';
import {encodeToken} from './task-token.ts';
import {header, page} from './workflow-task.ts';

/**
 * Sends a query without a workflow task. A sticky worker that does not take it in time is given up, and any worker may answer.
 *
 * @returns a function that stops the waiting for the sticky worker
 */
export function sendAlone(engine: Engine, run: Run, query: Query): () => void {
  const {matching, clock} = engine;
  const normal = run.started.taskQueue?.name ?? '';
  const sticky = run.sticky?.taskQueue;
  query.sent = false;
  const task = queryTask(run, query);
  matching.addWorkflowTask(run.namespace.name, {sticky, normal}, task, clock.now());
  if (!run.sticky) return () => {};
  return clock.wakeAt(clock.now() + run.sticky.scheduleToStartTimeout, () => {
    if (query.sent) return;
    engine.change(run, () => {
      run.sticky = undefined;
    });
    matching.addWorkflowTask(run.namespace.name, {sticky: undefined, normal}, task, clock.now());
  });
}

function queryTask(run: Run, query: Query): Task<WorkflowTaskResponse> {
  return {
    start({sticky}) {
      if (query.sent || !run.queries.has(query.id)) return undefined;
      query.sent = true;
      const token = {
        namespace: run.namespace.name,
        ...executionOf(run),
        scheduledEventId: 0,
        attempt: 1,
        startedAt: 0,
      };
      return {
        ...header(run),
        ...(sticky ? {history: {events: []}} : page(run, 0, run.history)),
        taskToken: encodeToken({...token, queryId: query.id}),
        query: query.query,
        attempt: 1,
      };
    },
  };
}
