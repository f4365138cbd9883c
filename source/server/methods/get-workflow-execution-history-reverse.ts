import {method} from '../grpc/method.ts';
import {decodePageToken, encodePageToken} from '../tasks/page-token.ts';
import {findRun} from './lookup.ts';

const defaultPageSize = 1000;

export const getWorkflowExecutionHistoryReverse = method(
  'GetWorkflowExecutionHistoryReverse',
  (engine, request) => {
    const token = request.nextPageToken.length > 0 ? decodePageToken(request.nextPageToken) : undefined;
    const {workflowId, runId} = request.execution ?? {};
    const run = findRun(engine, request.namespace, {
      workflowId: workflowId ?? '',
      runId: token?.runId ?? runId ?? '',
    });
    // The token counts the events that are still to come, all of them earlier.
    const left = token?.next ?? run.history.length;
    const first = Math.max(0, left - (request.maximumPageSize || defaultPageSize));
    const history = {events: run.history.slice(first, left).reverse()};
    return first > 0 ? {history, nextPageToken: encodePageToken({runId: run.runId, next: first})} : {history};
  },
);
