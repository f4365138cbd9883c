import {method} from '../grpc/method.ts';
import {terminateRun} from '../run/lifecycle.ts';
import {checkChain, findOpenRun} from './lookup.ts';

export const terminateWorkflowExecution = method('TerminateWorkflowExecution', (engine, request) => {
  const run = findOpenRun(engine, request.namespace, request.workflowExecution);
  checkChain(run, request.firstExecutionRunId);
  const {reason, details, identity} = request;
  engine.change(run, (change) => terminateRun(change, {reason, details: details ?? null, identity}));
  return {};
});
