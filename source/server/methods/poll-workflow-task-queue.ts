import {method} from '../grpc/method.ts';
import type {WorkflowTaskResponse} from '../matching/matching.ts';
import {TaskQueueKind} from '../wire/enums.ts';
import {waitFor} from './long-poll.ts';
import {namespaceOf} from './lookup.ts';

export const pollWorkflowTaskQueue = method('PollWorkflowTaskQueue', async (engine, request, call) => {
  const {name} = namespaceOf(engine, request.namespace);
  const queue = engine.matching.workflowQueue(name, request.taskQueue?.name ?? '');
  const poller = {
    identity: request.identity,
    workerInstanceKey: request.workerInstanceKey,
    buildId: request.workerVersionCapabilities?.buildId || request.binaryChecksum,
    sticky: request.taskQueue?.kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY,
  };
  const now = engine.clock.now();
  const response = await waitFor<WorkflowTaskResponse>(engine, call, (resolve) =>
    queue.poll(poller, now, resolve),
  );
  return response ?? {};
});
