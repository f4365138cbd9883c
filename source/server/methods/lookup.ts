import type {Engine} from '../engine/engine.ts';
import type {Activity, WorkflowTask} from '../run/pending.ts';
import {isRunning, type Namespace, type RunState} from '../run/run-state.ts';
import {decodeToken, type TaskToken} from '../tasks/task-token.ts';
import type {WorkflowExecution} from '../wire/proto.ts';
import {invalidArgument, namespaceNotFound, notFound, workflowCompleted} from '../wire/service-error.ts';

/** @throws ServiceError where there is no such namespace */
export function namespaceOf(engine: Engine, name: string): Namespace {
  if (!name) throw invalidArgument('Namespace not set on request.');
  const namespace = engine.namespaces.get(name);
  if (!namespace) throw namespaceNotFound(name);
  return namespace;
}

/** @throws ServiceError where there is no such run */
export function findRun(
  engine: Engine,
  namespace: string,
  execution: WorkflowExecution | null | undefined,
): RunState {
  namespaceOf(engine, namespace);
  const {workflowId, runId} = execution ?? {};
  if (!workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (runId && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(runId))
    throw invalidArgument('Invalid RunId.');
  const run = engine.store.find(namespace, workflowId, runId ?? '');
  if (run) return run;
  throw notFound(
    runId
      ? `workflow execution not found for workflow ID "${workflowId}" and run ID "${runId}"`
      : `workflow not found for ID: ${workflowId}`,
  );
}

/** @throws ServiceError where there is no such run or it is closed */
export function findOpenRun(
  engine: Engine,
  namespace: string,
  execution: WorkflowExecution | null | undefined,
): RunState {
  const run = findRun(engine, namespace, execution);
  if (!isRunning(run)) throw workflowCompleted();
  return run;
}

/**
 * @param firstExecutionRunId empty, or the first run of the chain that the caller means
 * @throws ServiceError where the open run belongs to another chain
 */
export function checkChain(run: RunState, firstExecutionRunId: string): void {
  if (firstExecutionRunId && run.started.firstExecutionRunId !== firstExecutionRunId) {
    throw workflowCompleted();
  }
}

/** @throws ServiceError where the task is no longer the worker's: it timed out, or the run is closed */
export function findStartedWorkflowTask(
  engine: Engine,
  taskToken: Uint8Array,
): {run: RunState; task: Readonly<WorkflowTask>} {
  const token = decodeToken(taskToken);
  const run = runOf(engine, token);
  if (!run || !isRunning(run)) throw workflowCompleted();
  const task = run.workflowTask;
  if (task?.state !== 'started' || task.startedAt !== token.startedAt || task.attempt !== token.attempt) {
    throw notFound('Workflow task not found.');
  }
  return {run, task};
}

/** An attempt of an activity that a worker is busy with. */
export interface StartedActivity {
  readonly run: RunState;
  readonly activity: Readonly<Activity>;
}

/** @throws ServiceError where the attempt is no longer the worker's: it timed out, or the run is closed */
export function findStartedActivity(engine: Engine, taskToken: Uint8Array): StartedActivity {
  const token = decodeToken(taskToken);
  const run = runOf(engine, token);
  if (!run || !isRunning(run)) throw workflowCompleted();
  const activity = run.activities.get(token.scheduledEventId);
  if (
    activity?.state !== 'started' ||
    activity.attempt !== token.attempt ||
    activity.startedAt !== token.startedAt
  ) {
    throw notFound('invalid activityID or activity already timed out or invoking workflow is completed');
  }
  return {run, activity};
}

/** @throws ServiceError where no attempt of such an activity is running */
export function findStartedActivityById(
  engine: Engine,
  request: {namespace: string; workflowId: string; runId: string; activityId: string},
): StartedActivity {
  const run = findOpenRun(engine, request.namespace, request);
  for (const activity of run.activities.values()) {
    if (activity.activityId === request.activityId && activity.state === 'started') return {run, activity};
  }
  throw notFound(
    "Can't find pending activity with such ID. Invalid activityID or activity already completed",
  );
}

function runOf(engine: Engine, {namespace, workflowId, runId}: TaskToken): RunState | undefined {
  return engine.store.find(namespace, workflowId, runId);
}
