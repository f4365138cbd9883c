import {status} from '@grpc/grpc-js';
import {type Client, isGrpcServiceError} from '@temporalio/client';
import type {Execution} from './history-pages.ts';

/** What a workflow id stands for now. */
export interface CurrentRuns {
  /** The current run with those that it continues, oldest first. */
  chain: Execution[];
  taskQueue: string;
  isOpen: boolean;
}

/**
 * The current run of a workflow id, and the runs that it continues. They are found backwards: a run that was reset stays
 * the next one in the history of the run before it, but it is not meant any more.
 *
 * @throws the client's error, WorkflowNotFoundError among them
 */
export async function currentRuns(client: Client, workflowId: string): Promise<CurrentRuns> {
  const description = await client.workflow.getHandle(workflowId).describe();
  const {runId, taskQueue, raw} = description;
  const chain = [{workflowId, runId}];
  const isFirst = raw.workflowExecutionInfo?.firstRunId === runId;
  for (let earlier = isFirst ? '' : await continuedRun(client, chain[0] as Execution); earlier !== ''; ) {
    chain.unshift({workflowId, runId: earlier});
    earlier = await continuedRun(client, chain[0] as Execution);
  }
  return {chain, taskQueue, isOpen: description.status.name === 'RUNNING'};
}

/**
 * The run that goes on in place of one that was terminated since somebody reset it; undefined where there is none.
 *
 * @throws the client's error
 */
export async function resetRun(
  client: Client,
  {workflowId, runId}: Execution,
): Promise<Execution | undefined> {
  const [terminated, current] = await Promise.all([
    client.workflow.getHandle(workflowId, runId).describe(),
    client.workflow.getHandle(workflowId).describe(),
  ]);
  const firstOf = ({raw}: typeof current) => raw.workflowExecutionInfo?.firstRunId;
  // Another start under the same id begins a chain of its own.
  const isSameChain = firstOf(current) === firstOf(terminated);
  return isSameChain && current.runId !== runId ? {workflowId, runId: current.runId} : undefined;
}

/** Empty where a run continues none, or one that the server has deleted since. */
async function continuedRun(client: Client, execution: Execution): Promise<string> {
  const {namespace} = client.options;
  const request = {namespace, execution, maximumPageSize: 1};
  try {
    const {history} = await client.workflowService.getWorkflowExecutionHistory(request);
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    const runId = started?.continuedExecutionRunId ?? '';
    if (runId === '') return '';
    await client.workflowService.describeWorkflowExecution({
      namespace,
      execution: {...execution, runId},
    });
    return runId;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) return '';
    throw error;
  }
}
