import type {Engine} from '../engine/engine.ts';
import type {Query} from '../run/pending.ts';
import type {Run} from '../run/run.ts';
import {QueryResultType} from '../wire/enums.ts';
import type {Failure, Payloads, Request} from '../wire/proto.ts';
import {queryFailed} from '../wire/service-error.ts';

/** Hands a worker's answers to those who asked. */
export function answerQueries(
  engine: Engine,
  run: Run,
  results: Request<'RespondWorkflowTaskCompleted'>['queryResults'],
): void {
  for (const [id, result] of Object.entries(results)) {
    const query = run.queries.get(id);
    if (!query) continue;
    const {resultType, answer, errorMessage, failure} = result;
    settleQuery(engine, run, query, resultType ?? 0, answer, errorMessage, failure);
  }
}

/** Hands one answer to the one who asked. */
export function settleQuery(
  engine: Engine,
  run: Run,
  query: Query,
  resultType: number,
  result: Payloads | null | undefined,
  errorMessage: string | null | undefined,
  failure: Failure | null | undefined,
): void {
  engine.change(run, () => run.queries.delete(query.id));
  if (resultType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED) query.resolve({result});
  else query.reject(queryFailed(errorMessage ?? '', failure));
}
