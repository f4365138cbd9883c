import type {Engine} from '../engine/engine.ts';
import {type StartRequest, startOrRefuse} from '../engine/start.ts';
import {method} from '../grpc/method.ts';
import type {Namespace} from '../run/run-state.ts';
import {invalidArgument, multiOperationFailed} from '../wire/service-error.ts';
import {findRun, namespaceOf} from './lookup.ts';
import {updateRun} from './update-workflow-execution.ts';

/** Update-with-start, the only combination there is. */
export const executeMultiOperation = method('ExecuteMultiOperation', async (engine, request, call) => {
  const [first, second] = request.operations;
  const start = first?.startWorkflow;
  const update = second?.updateWorkflow;
  if (!start || !update || request.operations.length !== 2) {
    throw invalidArgument('expected a Start Workflow and then an Update Workflow operation');
  }
  const namespace = namespaceOf(engine, request.namespace);
  // The generated type of a nested message has optional fields; the decoded message has their defaults.
  const {run, started} = begin(engine, namespace, start as StartRequest);
  const startWorkflow = {
    runId: run.runId,
    firstExecutionRunId: run.started.firstExecutionRunId ?? '',
    started,
    status: run.status,
  };
  const stage = update.waitPolicy?.lifecycleStage ?? 0;
  try {
    const updateWorkflow = await updateRun(engine, run, update.request ?? {}, stage, call);
    return {responses: [{startWorkflow}, {updateWorkflow}]};
  } catch (error) {
    throw multiOperationFailed([undefined, error]);
  }
});

function begin(engine: Engine, namespace: Namespace, start: StartRequest) {
  try {
    const {run, started} = engine.transact((transaction) => startOrRefuse(transaction, namespace, start));
    return {run: findRun(engine, namespace.name, run), started};
  } catch (error) {
    throw multiOperationFailed([error, undefined]);
  }
}
