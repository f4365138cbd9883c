import {type Client, WorkflowNotFoundError} from '@temporalio/client';
import type {temporal} from '@temporalio/proto';
import type {ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../command-line/usage-error.ts';
import {connectClient} from './connect.ts';
import {serverErrorWords} from './server-error.ts';

type ProtoEvent = temporal.api.history.v1.IHistoryEvent;

/** The history of one run of a workflow. */
export interface FetchedHistory {
  workflowId: string;
  history: {events: readonly ProtoEvent[]};
}

/**
 * Fetches the histories of a workflow and of all its subagents, with the runs that continue-as-new made of each.
 *
 * @throws CommandError where the server does not answer or does not know the workflow
 */
export async function fetchFamily(server: ServerConnection, workflowId: string): Promise<FetchedHistory[]> {
  const client = await connectClient(server);
  try {
    const {raw} = await client.workflow.getHandle(workflowId).describe();
    return await fetchFrom(client, workflowId, raw.workflowExecutionInfo?.firstRunId || undefined);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError))
      throw new CommandError(serverErrorWords(error, server.address), {cause: error});
    throw new CommandError(
      `There is no workflow "${workflowId}" on ${server.address}, and no such file. Check id and namespace.`,
    );
  } finally {
    await client.connection.close();
  }
}

async function fetchFrom(
  client: Client,
  workflowId: string,
  runId: string | undefined,
): Promise<FetchedHistory[]> {
  const {events} = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const histories: FetchedHistory[] = [{workflowId, history: {events: events ?? []}}];
  for (const {workflowId: id, runId: next} of (events ?? []).flatMap((event) =>
    startedBy(workflowId, event),
  )) {
    histories.push(...(await fetchFrom(client, id, next)));
  }
  return histories;
}

function startedBy(workflowId: string, event: ProtoEvent): {workflowId: string; runId: string}[] {
  const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
  if (child?.workflowId && child.runId) return [{workflowId: child.workflowId, runId: child.runId}];
  const runId = event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  return runId ? [{workflowId, runId}] : [];
}
