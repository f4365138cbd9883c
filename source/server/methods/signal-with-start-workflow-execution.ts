import {startOrRefuse} from '../engine/start.ts';
import {method} from '../grpc/method.ts';
import type {Change} from '../run/change.ts';
import {signalRun, startRun} from '../run/lifecycle.ts';
import {isRunning} from '../run/run-state.ts';
import {WorkflowIdConflictPolicy} from '../wire/enums.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {namespaceOf} from './lookup.ts';

export const signalWithStartWorkflowExecution = method(
  'SignalWithStartWorkflowExecution',
  (engine, request) => {
    const {signalName, signalInput, identity, header, requestId} = request;
    if (!signalName) throw invalidArgument('SignalName is not set on request.');
    const namespace = namespaceOf(engine, request.namespace);
    const signal = (change: Change) =>
      signalRun(
        change,
        {signalName, input: signalInput ?? null, identity, header: header ?? null},
        requestId,
      );
    const workflowIdConflictPolicy =
      request.workflowIdConflictPolicy || WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
    return engine.transact((transaction) => {
      const current = transaction.find(namespace.name, request.workflowId, '');
      const startRequest = {...request, workflowIdConflictPolicy};
      const {run} = startOrRefuse(transaction, namespace, startRequest, (change) => startRun(change, signal));
      if (run === current && isRunning(run)) transaction.change(run, signal);
      const firstExecutionRunId = run.started.firstExecutionRunId ?? '';
      return {runId: run.runId, firstExecutionRunId, started: run !== current};
    });
  },
);
