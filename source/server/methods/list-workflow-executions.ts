import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import {executionInfo} from '../visibility/execution-info.ts';
import {search} from '../visibility/search.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {namespaceOf} from './lookup.ts';

const defaultPageSize = 1000;

export const listWorkflowExecutions = method('ListWorkflowExecutions', list);
export const scanWorkflowExecutions = method('ScanWorkflowExecutions', list);

interface ListRequest {
  namespace: string;
  query: string;
  pageSize: number;
  nextPageToken: Uint8Array;
}

function list(engine: Engine, {namespace, query, pageSize, nextPageToken}: ListRequest) {
  const {runs} = search(engine, namespaceOf(engine, namespace).name, query);
  const first = offsetOf(nextPageToken);
  const next = first + (pageSize || defaultPageSize);
  const executions = runs.slice(first, next).map(executionInfo);
  return next < runs.length ? {executions, nextPageToken: Buffer.from(String(next))} : {executions};
}

function offsetOf(token: Uint8Array): number {
  const offset = Number(Buffer.from(token).toString('utf8'));
  if (!Number.isSafeInteger(offset)) throw invalidArgument('Invalid NextPageToken.');
  return offset;
}
