import {method} from '../grpc/method.ts';
import {TaskQueueType} from '../wire/enums.ts';
import {int64, timestamp} from '../wire/numbers.ts';
import {namespaceOf} from './lookup.ts';

export const describeTaskQueue = method('DescribeTaskQueue', (engine, request) => {
  const {name} = namespaceOf(engine, request.namespace);
  const isActivity = request.taskQueueType === TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY;
  const queueName = request.taskQueue?.name ?? '';
  const {matching} = engine;
  const queue = isActivity
    ? matching.activityQueue(name, queueName)
    : matching.workflowQueue(name, queueName);
  const pollers = queue.pollers().map(({poller, at}) => ({
    identity: poller.identity,
    lastAccessTime: timestamp(at),
    ratePerSecond: 100_000,
    workerVersionCapabilities: {buildId: poller.buildId},
  }));
  return {pollers, stats: {approximateBacklogCount: int64(queue.backlog)}};
});
