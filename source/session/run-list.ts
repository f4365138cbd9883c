import type {Client} from '@temporalio/client';
import {agentWorkflowType} from '../../workflows/protocol/identity.ts';
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
  for await (const {workflowId, runId, status, startTime, closeTime, taskQueue} of client.workflow.list({
    query,
  })) {
    // A subagent's id has a slash; not every server can ask for roots only.
    if (workflowId.includes('/')) continue;
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
