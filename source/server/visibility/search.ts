import type {Engine} from '../engine/engine.ts';
import {isRunning, type RunState} from '../run/run-state.ts';
import {WorkflowExecutionStatus} from '../wire/enums.ts';
import {milliseconds} from '../wire/numbers.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {compare, type FieldValue, parseQuery} from './query-parser.ts';

// What a query may name, and what it means for a run.
const fields: Readonly<Record<string, (run: RunState) => FieldValue>> = {
  WorkflowId: (run) => run.workflowId,
  RunId: (run) => run.runId,
  WorkflowType: (run) => run.started.workflowType?.name ?? '',
  TaskQueue: (run) => run.started.taskQueue?.name ?? '',
  ExecutionStatus: (run) => statusName(run.status),
  StartTime: (run) => run.startedAt,
  ExecutionTime: (run) => run.startedAt + milliseconds(run.started.firstWorkflowTaskBackoff),
  CloseTime: (run) => (isRunning(run) ? undefined : run.closedAt),
  ParentWorkflowId: (run) => run.started.parentWorkflowExecution?.workflowId ?? undefined,
  ParentRunId: (run) => run.started.parentWorkflowExecution?.runId ?? undefined,
  RootWorkflowId: (run) => run.started.rootWorkflowExecution?.workflowId ?? run.workflowId,
  RootRunId: (run) => run.started.rootWorkflowExecution?.runId ?? run.runId,
};

/** Runs that a query found, in its order. */
export interface Found {
  readonly runs: RunState[];
  /** The same runs by the field that the query counts by, where it does. */
  readonly groups: ReadonlyMap<string, RunState[]> | undefined;
}

/**
 * @param text a list filter
 * @returns the runs that match, latest first unless the query says otherwise
 * @throws ServiceError where the query is not valid or names a field that this server does not know
 */
export function search(engine: Engine, namespace: string, text: string): Found {
  const query = parseQuery(text);
  const runs = engine.store.all(namespace).filter((run) => query.matches((name) => fieldOf(run, name)));
  const {order, groupBy} = query;
  if (order) {
    const sign = order.descending ? -1 : 1;
    runs.sort((a, b) => sign * compare(fieldOf(a, order.field), fieldOf(b, order.field)));
  }
  const groups = groupBy ? Map.groupBy(runs, (run) => String(fieldOf(run, groupBy))) : undefined;
  return {runs, groups};
}

function fieldOf(run: RunState, name: string): FieldValue {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field) return field(run);
  const attribute = run.searchAttributes[name]?.data;
  if (attribute) return String(JSON.parse(Buffer.from(attribute).toString('utf8')));
  throw invalidArgument(`invalid query: column name '${name}' is not supported by the embedded server`);
}

// WORKFLOW_EXECUTION_STATUS_TIMED_OUT → TimedOut
function statusName(status: number): string {
  const constant = (WorkflowExecutionStatus[status] ?? '').replace('WORKFLOW_EXECUTION_STATUS_', '');
  return constant.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
