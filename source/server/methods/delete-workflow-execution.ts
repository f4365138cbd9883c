import {method} from '../grpc/method.ts';
import {serverIdentity, terminateRun} from '../run/lifecycle.ts';
import {isRunning} from '../run/run-state.ts';
import {findRun} from './lookup.ts';

export const deleteWorkflowExecution = method('DeleteWorkflowExecution', (engine, request) => {
  const run = findRun(engine, request.namespace, request.workflowExecution);
  const attributes = {reason: 'Delete workflow execution', identity: serverIdentity};
  if (isRunning(run)) engine.change(run, (change) => terminateRun(change, attributes));
  engine.store.delete(run);
  return {};
});
