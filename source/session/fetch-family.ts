import {type Client, WorkflowNotFoundError} from '@temporalio/client';
import type {temporal} from '@temporalio/proto';
import type {ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../errors.ts';
import {connectClient} from './connect.ts';
import {currentRuns, resetRun} from './current-runs.ts';
import {decodeEvent} from './decode-event.ts';
import type {Execution} from './history-pages.ts';
import {serverErrorWords} from './server-error.ts';
import {startedBy} from './started-by.ts';

type ProtoEvent = temporal.api.history.v1.IHistoryEvent;

/** The history of one run of a workflow. */
export interface FetchedHistory {
  workflowId: string;
  history: {events: readonly ProtoEvent[]};
}

/**
 * Fetches the histories of a workflow and of all its subagents, with the runs that go on with each: after
 * continue-as-new, or as another attempt.
 *
 * @throws CommandError where the server does not answer or does not know the workflow
 */
export async function fetchFamily(server: ServerConnection, workflowId: string): Promise<FetchedHistory[]> {
  const client = await connectClient(server);
  try {
    const {chain} = await currentRuns(client, workflowId);
    return (await Promise.all(chain.map((run, index) => fetchRun(client, run, chain[index + 1])))).flat();
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

/**
 * @param next the run that goes on with it where that is known; else its history tells
 */
async function fetchRun(client: Client, run: Execution, next?: Execution): Promise<FetchedHistory[]> {
  const {workflowId, runId} = run;
  const {events} = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const histories: FetchedHistory[] = [{workflowId, history: {events: events ?? []}}];
  for (const event of events ?? []) {
    const started = startedBy(decodeEvent(workflowId, runId, event));
    if (!started || (next && started.workflowId === workflowId)) continue;
    histories.push(...(await fetchSubagent(client, started)));
  }
  return histories;
}

/** A run that a history names may have been reset since. */
async function fetchSubagent(client: Client, run: Execution): Promise<FetchedHistory[]> {
  const histories = await fetchRun(client, run);
  const last = histories[0]?.history.events.at(-1);
  const reset = last?.workflowExecutionTerminatedEventAttributes && (await resetRun(client, run));
  return reset ? fetchRun(client, reset) : histories;
}
