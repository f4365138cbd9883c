import {method} from '../grpc/method.ts';
import {requestCancel} from '../run/lifecycle.ts';
import {checkChain, findOpenRun} from './lookup.ts';

export const requestCancelWorkflowExecution = method('RequestCancelWorkflowExecution', (engine, request) => {
  const run = findOpenRun(engine, request.namespace, request.workflowExecution);
  checkChain(run, request.firstExecutionRunId);
  const {reason, identity} = request;
  engine.change(run, (change) => requestCancel(change, {cause: reason, identity}));
  return {};
});
