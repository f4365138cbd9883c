import {method} from '../grpc/method.ts';
import {requestCancel} from '../run/lifecycle.ts';
import {isRunning} from '../run/run-state.ts';
import {checkChain, findRun} from './lookup.ts';

export const requestCancelWorkflowExecution = method('RequestCancelWorkflowExecution', (engine, request) => {
  const run = findRun(engine, request.namespace, request.workflowExecution);
  // What is over needs no canceling: that is not an error.
  if (!isRunning(run)) return {};
  checkChain(run, request.firstExecutionRunId);
  const {reason, identity} = request;
  engine.change(run, (change) => requestCancel(change, {cause: reason, identity}));
  return {};
});
