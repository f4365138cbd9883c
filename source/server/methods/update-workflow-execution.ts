import type {Engine} from '../engine/engine.ts';
import {type Call, method} from '../grpc/method.ts';
import type {Change} from '../run/change.ts';
import type {Update} from '../run/pending.ts';
import {executionOf, isRunning, type RunState} from '../run/run-state.ts';
import {admitUpdate, hasReached, stageOf} from '../run/update.ts';
import {scheduleWorkflowTask} from '../run/workflow-task.ts';
import {UpdateWorkflowExecutionLifecycleStage as Stage} from '../wire/enums.ts';
import type {Response} from '../wire/proto.ts';
import {invalidArgument, notFound, workflowClosing, workflowCompleted} from '../wire/service-error.ts';
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
  run: RunState,
  request: Update['request'],
  lifecycleStage: number,
  call: Call,
): Promise<Response<'UpdateWorkflowExecution'>> {
  if (!request.meta?.updateId) throw invalidArgument('UpdateId is not set on request.');
  if (!request.input?.name) throw invalidArgument('UpdateName is not set on request.');
  const {updateId} = request.meta;
  if (!run.updates.has(updateId)) {
    if (!isRunning(run)) throw workflowCompleted();
    engine.change(run, (change) => admit(change, request));
  }
  return reach(engine, run, updateId, lifecycleStage, call);
}

function admit(change: Change, request: Update['request']): void {
  admitUpdate(change, request);
  if (change.run.firstWorkflowTaskAt === undefined) scheduleWorkflowTask(change, {speculative: true});
}

export const pollWorkflowExecutionUpdate = method(
  'PollWorkflowExecutionUpdate',
  async (engine, request, call) => {
    const run = findRun(engine, request.namespace, request.updateRef?.workflowExecution);
    const updateId = request.updateRef?.updateId ?? '';
    if (!run.updates.has(updateId)) throw notFound(`update "${updateId}" not found`);
    return reach(engine, run, updateId, request.waitPolicy?.lifecycleStage ?? 0, call);
  },
);

async function reach(engine: Engine, run: RunState, updateId: string, lifecycleStage: number, call: Call) {
  const stage = lifecycleStage || Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED;
  const known = run.updates.get(updateId);
  const reached =
    known && hasReached(known, stage) ? known : await whenReached(engine, run, updateId, stage, call);
  if (reached?.abortedBy) throw reached.abortedBy === 'closing' ? workflowClosing() : workflowCompleted();
  // A caller whose deadline is near hears how far it has got.
  const update = reached ?? run.updates.get(updateId);
  return {
    updateRef: {workflowExecution: executionOf(run), updateId},
    outcome: update?.outcome ?? null,
    stage: update ? stageOf(update) : 0,
  };
}

function whenReached(engine: Engine, run: RunState, updateId: string, stage: number, call: Call) {
  return waitFor<Readonly<Update>>(engine, call, (resolve) => {
    const {updateWaiters} = engine.live(run);
    const waiter = {stage, resolve};
    updateWaiters.set(updateId, [...(updateWaiters.get(updateId) ?? []), waiter]);
    return () => {
      const others = updateWaiters.get(updateId)?.filter((other) => other !== waiter) ?? [];
      if (others.length > 0) updateWaiters.set(updateId, others);
      else updateWaiters.delete(updateId);
      engine.release(run);
    };
  });
}
