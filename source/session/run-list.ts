import type {Client} from '@temporalio/client';
import {agentWorkflowType, parseSubagentWorkflowId} from '../../workflows/protocol/identity.ts';
import type {RunStatus} from '../history/run-tree.ts';
import type {RunSummary} from './session.ts';

const statuses: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELLED: 'canceled',
  TERMINATED: 'terminated',
  TIMED_OUT: 'timedOut',
  CONTINUED_AS_NEW: 'completed',
};

/** Root agents that the server knows, newest first. */
export async function listRuns(client: Client, limit: number): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  const query = `WorkflowType = '${agentWorkflowType}'`;
  const listed = new Set<string>();
  for await (const execution of client.workflow.list({query})) {
    const {workflowId, runId, status, startTime, closeTime, taskQueue, raw} = execution;
    // Not every server can be asked for roots only, or says who started a workflow.
    if (raw.parentExecution || parseSubagentWorkflowId(workflowId)) continue;
    // What was continued as new or reset is listed as well, after the current run.
    if (listed.has(workflowId)) continue;
    listed.add(workflowId);
    runs.push({
      workflowId,
      runId,
      status: statuses[status.name] ?? 'running',
      startTime: startTime.getTime(),
      ...(closeTime && {endTime: closeTime.getTime()}),
      taskQueue,
    });
    if (runs.length >= limit) break;
  }
  return runs;
}
