import {method} from '../grpc/method.ts';
import type {ActivityTaskResponse} from '../matching/matching.ts';
import {waitFor} from './long-poll.ts';
import {namespaceOf} from './lookup.ts';

export const pollActivityTaskQueue = method('PollActivityTaskQueue', async (engine, request, call) => {
  const {name} = namespaceOf(engine, request.namespace);
  const queue = engine.matching.activityQueue(name, request.taskQueue?.name ?? '');
  const poller = {
    identity: request.identity,
    workerInstanceKey: request.workerInstanceKey,
    buildId: request.workerVersionCapabilities?.buildId ?? '',
    sticky: false,
  };
  const now = engine.clock.now();
  const response = await waitFor<ActivityTaskResponse>(engine, call, (resolve) =>
    queue.poll(poller, now, resolve),
  );
  return response ?? {};
});
