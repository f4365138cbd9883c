import type {RunStart} from '../../source/server/run/run-state.ts';

/** @returns the start of a run that needs nothing else */
export function newRun(workflowId: string, runId: string, started: RunStart['started'] = {}): RunStart {
  const namespace = {name: 'default', id: 'default-id'};
  const workflowTaskTimeout = {seconds: 10} as unknown as RunStart['started']['workflowTaskTimeout'];
  return {
    namespace,
    workflowId,
    runId,
    requestId: `request-${runId}`,
    started: {workflowTaskTimeout: workflowTaskTimeout ?? null, taskQueue: {name: 'queue'}, ...started},
  };
}
