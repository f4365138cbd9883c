import {method} from '../grpc/method.ts';
import {description} from './describe-namespace.ts';

export const listNamespaces = method('ListNamespaces', (engine) => ({
  namespaces: [...engine.namespaces.values()].map(description),
}));
