import {method} from '../grpc/method.ts';
import {namespaceOf} from './lookup.ts';

// Workers may report how they are; nothing here asks.
export const recordWorkerHeartbeat = method('RecordWorkerHeartbeat', (engine, request) => {
  namespaceOf(engine, request.namespace);
  return {};
});
