import type {Engine} from '../engine/engine.ts';
import {type Call, method} from '../grpc/method.ts';
import type {Change} from '../run/change.ts';
import type {Update} from '../run/pending.ts';
import {isRunning, type Run} from '../run/run.ts';
import {admitUpdate, stageOf, whenReached} from '../run/update.ts';
import {scheduleWorkflowTask} from '../run/workflow-task.ts';
import {UpdateWorkflowExecutionLifecycleStage as Stage} from '../wire/enums.ts';
import type {Response} from '../wire/proto.ts';
import {invalidArgument, notFound, workflowCompleted} from '../wire/service-error.ts';
import {waitFor} from './long-poll.ts';
import {checkChain, findRun} from './lookup.ts';

export const updateWorkflowExecution = method('UpdateWorkflowExecution', async (engine, request, call) => {
  const run = findRun(engine, request.namespace, request.workflowExecution);
  checkChain(run, request.firstExecutionRunId);
  return updateRun(engine, run, request.request ?? {}, request.waitPolicy?.lifecycleStage ?? 0, call);
});

/**
 * Admits an update and waits until it has reached a stage, or until the caller's deadline is near.
 *
 * @param lifecycleStage an `UpdateWorkflowExecutionLifecycleStage`; unspecified means accepted
 * @throws ServiceError where the request is not valid or the run is closed
 */
export function updateRun(
  engine: Engine,
  run: Run,
  request: Update['request'],
  lifecycleStage: number,
  call: Call,
): Promise<Response<'UpdateWorkflowExecution'>> {
  if (!request.meta?.updateId) throw invalidArgument('UpdateId is not set on request.');
  if (!request.input?.name) throw invalidArgument('UpdateName is not set on request.');
  const known = run.updates.get(request.meta.updateId);
  if (!known && !isRunning(run)) throw workflowCompleted();
  const update = known ?? engine.change(run, (change) => admit(change, request));
  return reach(engine, run, update, lifecycleStage, call);
}

function admit(change: Change, request: Update['request']): Update {
  const {run} = change;
  const update = admitUpdate(run, request);
  if (run.firstWorkflowTaskAt === undefined) scheduleWorkflowTask(change, {speculative: true});
  return update;
}

export const pollWorkflowExecutionUpdate = method(
  'PollWorkflowExecutionUpdate',
  async (engine, request, call) => {
    const run = findRun(engine, request.namespace, request.updateRef?.workflowExecution);
    const update = run.updates.get(request.updateRef?.updateId ?? '');
    if (!update) throw notFound(`update "${request.updateRef?.updateId}" not found`);
    return reach(engine, run, update, request.waitPolicy?.lifecycleStage ?? 0, call);
  },
);

async function reach(engine: Engine, run: Run, update: Update, lifecycleStage: number, call: Call) {
  const stage = lifecycleStage || Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
  let failure: Error | undefined;
  await waitFor<void>(engine, call, (resolve) => {
    const waiter = {
      stage,
      resolve,
      reject(error: Error) {
        failure = error;
        resolve();
      },
    };
    whenReached(update, waiter);
    return () => {
      update.waiters = update.waiters.filter((other) => other !== waiter);
    };
  });
  if (failure) throw failure;
  const {runId, workflowId} = run;
  return {
    updateRef: {workflowExecution: {workflowId, runId}, updateId: update.updateId},
    outcome: update.outcome ?? null,
    stage: stageOf(update),
  };
}
