import {type Client, type Connection, WorkflowNotFoundError} from '@temporalio/client';
import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import type {AgentInput} from '../../workflows/protocol/agent.ts';
import {agentWorkflowType} from '../../workflows/protocol/identity.ts';
import type {AgentDefinition} from '../agent/define-agent.ts';
import {createManifest} from '../agent/manifest.ts';
import {newWorkflowId, rootInput} from '../agent/run-agent.ts';
import {isLoopback, type ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../command-line/usage-error.ts';
import {connectClient} from './connect.ts';
import {earlierTranscript} from './earlier-transcript.ts';
import {Follower} from './follower.ts';
import {PendingActivityWatch} from './pending-activities.ts';
import {listRuns} from './run-list.ts';
import type {AttachedRun, RunReference, Session, SessionUpdate, StartRequest} from './session.ts';

/** What a session works with. */
export interface SessionSettings {
  server: ServerConnection;
  agent: AgentDefinition;
  taskQueue: string;
}

/**
 * Opens a session on a server.
 *
 * @throws CommandError where the server cannot be reached, AgentDefinitionError where the agent cannot be used
 */
export async function openSession(settings: SessionSettings): Promise<Session> {
  createManifest(settings.agent);
  const client = await connectClient(settings.server);
  const connection = client.connection as Connection;
  const closing = new AbortController();
  const listeners = new Set<(update: SessionUpdate) => void>();
  const tell = (update: SessionUpdate) => {
    for (const listener of listeners) listener(update);
  };
  const interval = isLoopback(settings.server) ? 100 : 1000;
  const pending = new PendingActivityWatch(connection, settings.server.namespace, interval, tell);
  const follower = new Follower(connection, settings.server.namespace, closing.signal, (update) => {
    tell(update);
    if (update.type === 'events') pending.observe(update.workflowId, update.events);
  });
  return {
    async start(request) {
      const run = await startRun(client, settings, request);
      void follower.followRoot(run);
      return run;
    },
    async attach(workflowId) {
      const found = await findRun(client, workflowId);
      void follower.followRoot(found);
      return found;
    },
    async cancel(workflowId) {
      await client.workflow.getHandle(workflowId).cancel();
    },
    async historyJson(workflowId) {
      return historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
    },
    list: (limit) => listRuns(client, limit),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closing.abort();
      pending.close();
      await connection.close();
    },
  };
}

/** The first of a workflow's runs: the ones after it, by continue-as-new, are followed from there. */
async function findRun(client: Client, workflowId: string): Promise<AttachedRun> {
  const handle = client.workflow.getHandle(workflowId);
  const {runId, taskQueue, status, raw} = await handle.describe().catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new CommandError(`There is no workflow "${workflowId}" on this server. Check id and namespace.`);
  });
  const firstRunId = raw.workflowExecutionInfo?.firstRunId || runId;
  return {workflowId, runId: firstRunId, taskQueue, isOpen: status.name === 'RUNNING'};
}

async function startRun(
  client: Client,
  {agent, taskQueue}: SessionSettings,
  request: StartRequest,
): Promise<RunReference> {
  const model = request.scenario === undefined ? request.model : `scripted:${request.scenario}`;
  const earlier = request.continues === undefined ? [] : await earlierTranscript(client, request.continues);
  const input = rootInput(createManifest({...agent, ...(model !== undefined && {model})}), {
    prompt: request.prompt ?? '',
    ...(request.program !== undefined && {program: request.program}),
    ...(earlier.length > 0 && {earlier}),
  });
  const handle = await client.workflow.start<(input: AgentInput) => Promise<unknown>>(agentWorkflowType, {
    workflowId: newWorkflowId(),
    taskQueue,
    args: [input],
  });
  return {workflowId: handle.workflowId, runId: handle.firstExecutionRunId};
}
