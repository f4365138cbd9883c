import {method} from '../grpc/method.ts';
import type {Namespace} from '../run/run-state.ts';
import {NamespaceState} from '../wire/enums.ts';
import {duration} from '../wire/numbers.ts';
import {namespaceOf} from './lookup.ts';

export const describeNamespace = method('DescribeNamespace', (engine, {namespace, id}) => {
  const byId = [...engine.namespaces.values()].find((candidate) => candidate.id === id);
  return description(byId ?? namespaceOf(engine, namespace));
});

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** @returns what clients learn about a namespace */
export function description({name, id}: Namespace) {
  return {
    namespaceInfo: {
      name,
      id,
      state: NamespaceState.NAMESPACE_STATE_REGISTERED,
      capabilities: {syncUpdate: true, asyncUpdate: true, workerPollCompleteOnShutdown: true},
      limits: {},
    },
    config: {workflowExecutionRetentionTtl: duration(dayInMilliseconds)},
    replicationConfig: {activeClusterName: 'active', clusters: [{clusterName: 'active'}]},
  };
}
