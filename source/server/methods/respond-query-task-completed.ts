import {sizeOfPayloads} from '../commands/payload-size.ts';
import {method} from '../grpc/method.ts';
import {decodeToken} from '../tasks/task-token.ts';
import {QueryResultType} from '../wire/enums.ts';
import {notFound} from '../wire/service-error.ts';
import {settleQuery} from './query-answers.ts';

const maximumResultSize = 2 * 1024 * 1024;

export const respondQueryTaskCompleted = method('RespondQueryTaskCompleted', (engine, request) => {
  const token = decodeToken(request.taskToken);
  const run = engine.store.find(token.namespace, token.workflowId, token.runId);
  const query = run && engine.live(run).queries.get(token.queryId ?? '');
  if (!run || !query) throw notFound('query task not found, or already expired');
  const {completedType, queryResult, errorMessage, failure} = request;
  if (sizeOfPayloads(queryResult) > maximumResultSize) {
    const failed = QueryResultType.QUERY_RESULT_TYPE_FAILED;
    settleQuery(engine, run, query, failed, null, 'Query result exceeds size limit.', null);
  } else settleQuery(engine, run, query, completedType, queryResult, errorMessage, failure);
  return {};
});
