import {method} from '../grpc/method.ts';
import {resendUpdates} from '../run/update.ts';
import {failWorkflowTask} from '../run/workflow-task.ts';
import {findStartedWorkflowTask} from './lookup.ts';

export const respondWorkflowTaskFailed = method('RespondWorkflowTaskFailed', (engine, request) => {
  const {run} = findStartedWorkflowTask(engine, request.taskToken);
  const {cause, failure, identity, binaryChecksum, workerVersion} = request;
  const buildId = workerVersion?.buildId || binaryChecksum;
  engine.change(run, (change) => {
    failWorkflowTask(change, cause, failure, identity, buildId);
    resendUpdates(change);
  });
  return {};
});
