import {startOrRefuse} from '../engine/start.ts';
import {method} from '../grpc/method.ts';
import {isRunning} from '../run/run-state.ts';
import {namespaceOf} from './lookup.ts';

export const startWorkflowExecution = method('StartWorkflowExecution', (engine, request) => {
  const namespace = namespaceOf(engine, request.namespace);
  const {run, started} = engine.transact((transaction) => startOrRefuse(transaction, namespace, request));
  return {
    runId: run.runId,
    firstExecutionRunId: run.started.firstExecutionRunId ?? '',
    started,
    status: run.status,
    link: started || isRunning(run) ? linkTo(run.namespace.name, run.workflowId, run.runId) : null,
  };
});

function linkTo(namespace: string, workflowId: string, runId: string) {
  return {workflowEvent: {namespace, workflowId, runId, eventRef: {eventType: 1}}};
}
