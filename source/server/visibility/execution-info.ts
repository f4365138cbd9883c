import {executionOf, isRunning, type RunState} from '../run/run-state.ts';
import {duration, int64, milliseconds, timestamp} from '../wire/numbers.ts';
import type {Response} from '../wire/proto.ts';

/** What describe and list tell of a run. */
export type ExecutionInfo = NonNullable<Response<'DescribeWorkflowExecution'>['workflowExecutionInfo']>;

/** @returns the run as describe and list show it */
export function executionInfo(run: RunState): ExecutionInfo {
  const {started} = run;
  const executionTime = run.startedAt + milliseconds(started.firstWorkflowTaskBackoff);
  const info: ExecutionInfo = {
    execution: executionOf(run),
    type: started.workflowType ?? null,
    startTime: timestamp(run.startedAt),
    executionTime: timestamp(executionTime),
    status: run.status,
    historyLength: int64(run.history.length),
    historySizeBytes: int64(run.historySize),
    parentNamespaceId: started.parentWorkflowNamespaceId ?? '',
    parentExecution: started.parentWorkflowExecution ?? null,
    rootExecution: started.rootWorkflowExecution ?? executionOf(run),
    memo: {fields: run.memo},
    searchAttributes: {indexedFields: run.searchAttributes},
    taskQueue: started.taskQueue?.name ?? '',
    stateTransitionCount: int64(run.stateTransitions),
    firstRunId: started.firstExecutionRunId ?? '',
    priority: started.priority ?? null,
    autoResetPoints: run.resetPoints.length > 0 ? {points: [...run.resetPoints]} : null,
  };
  if (isRunning(run)) return info;
  const executionDuration = duration(Math.max(0, run.closedAt - executionTime));
  return {...info, closeTime: timestamp(run.closedAt), executionDuration};
}
