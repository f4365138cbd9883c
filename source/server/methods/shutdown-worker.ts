import {method} from '../grpc/method.ts';
import {namespaceOf} from './lookup.ts';

export const shutdownWorker = method('ShutdownWorker', (engine, request) => {
  const {name} = namespaceOf(engine, request.namespace);
  engine.matching.shutDownWorker(name, request.workerInstanceKey, request.stickyTaskQueue, request.taskQueue);
  return {};
});
