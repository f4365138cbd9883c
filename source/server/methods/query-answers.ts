import type {Engine} from '../engine/engine.ts';
import type {Query} from '../engine/live-run.ts';
import type {RunState} from '../run/run-state.ts';
import {QueryResultType} from '../wire/enums.ts';
import type {Failure, Payloads, Request} from '../wire/proto.ts';
import {queryFailed} from '../wire/service-error.ts';

/** Hands a worker's answers to those who asked. */
export function answerQueries(
  engine: Engine,
  run: RunState,
  results: Request<'RespondWorkflowTaskCompleted'>['queryResults'],
): void {
  for (const [id, result] of Object.entries(results)) {
    const query = engine.live(run).queries.get(id);
    if (!query) continue;
    const {resultType, answer, errorMessage, failure} = result;
    settleQuery(engine, run, query, resultType ?? 0, answer, errorMessage, failure);
  }
}

/** Hands one answer to the one who asked. */
export function settleQuery(
  engine: Engine,
  run: RunState,
  query: Query,
  resultType: number,
  result: Payloads | null | undefined,
  errorMessage: string | null | undefined,
  failure: Failure | null | undefined,
): void {
  engine.live(run).queries.delete(query.id);
  if (resultType === QueryResultType.QUERY_RESULT_TYPE_ANSWERED) query.resolve({result});
  else query.reject(queryFailed(errorMessage ?? '', failure));
}
