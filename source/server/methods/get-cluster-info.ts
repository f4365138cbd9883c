import {method} from '../grpc/method.ts';
import {serverVersion} from './get-system-info.ts';

export const getClusterInfo = method('GetClusterInfo', () => ({
  serverVersion,
  clusterId: 'embedded',
  clusterName: 'active',
  historyShardCount: 1,
  persistenceStore: 'memory',
  visibilityStore: 'memory',
}));
