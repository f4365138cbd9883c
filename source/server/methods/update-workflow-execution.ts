import type {Engine} from '../engine/engine.ts';
import {type Call, method} from '../grpc/method.ts';
import type {Update} from '../run/pending.ts';
import {isRunning, type Run} from '../run/run.ts';
import {admitUpdate, stageOf, whenReached} from '../run/update.ts';
import {scheduleWorkflowTask} from '../run/workflow-task.ts';
import {UpdateWorkflowExecutionLifecycleStage as Stage} from '../wire/enums.ts';
import {invalidArgument, notFound, workflowCompleted} from '../wire/service-error.ts';
import {waitFor} from './long-poll.ts';
import {checkChain, findRun} from './lookup.ts';

export const updateWorkflowExecution = method('UpdateWorkflowExecution', async (engine, request, call) => {
  const run = findRun(engine, request.namespace, request.workflowExecution);
  checkChain(run, request.firstExecutionRunId);
  const updateRequest = request.request ?? {};
  if (!updateRequest.meta?.updateId) throw invalidArgument('UpdateId is not set on request.');
  if (!updateRequest.input?.name) throw invalidArgument('UpdateName is not set on request.');
  const known = run.updates.get(updateRequest.meta.updateId);
  if (!known && !isRunning(run)) throw workflowCompleted();
  const update =
    known ??
    engine.change(run, (change) => {
      const admitted = admitUpdate(run, updateRequest);
      if (run.firstWorkflowTaskAt === undefined) scheduleWorkflowTask(change, {speculative: true});
      return admitted;
    });
  return reach(engine, run, update, request.waitPolicy?.lifecycleStage ?? 0, call);
});

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
