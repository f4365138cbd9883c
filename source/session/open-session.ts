import {type Client, type Connection, WorkflowNotFoundError} from '@temporalio/client';
import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import {createManifest} from '../agent/manifest.ts';
import {isLoopback} from '../backend/connection.ts';
import {CommandError} from '../errors.ts';
import {connectClient} from './connect.ts';
import {type CurrentRuns, currentRuns} from './current-runs.ts';
import {Follower} from './follower.ts';
import type {Execution} from './history-pages.ts';
import {OutageWatch} from './outage-watch.ts';
import {PendingActivityWatch} from './pending-activities.ts';
import {QueueWatch} from './queue-watch.ts';
import {listRuns} from './run-list.ts';
import {serverErrorWords} from './server-error.ts';
import type {Session, SessionUpdate} from './session.ts';
import {type SessionSettings, startRun} from './start-run.ts';

/**
 * Opens a session on a server.
 *
 * @throws CommandError where the server cannot be reached, AgentDefinitionError where the agent cannot be used
 */
export async function openSession(settings: SessionSettings): Promise<Session> {
  createManifest(settings.agent);
  const {server} = settings;
  let outage: OutageWatch | undefined;
  const client = await connectClient(server, () => void outage?.noticed());
  const connection = client.connection as Connection;
  const closing = new AbortController();
  const listeners = new Set<(update: SessionUpdate) => void>();
  const tell = (update: SessionUpdate) => {
    for (const listener of listeners) listener(update);
  };
  const queues = new QueueWatch(connection, server, tell);
  outage = new OutageWatch(connection, server.address, closing.signal, (update) => {
    if (update.state === 'restored') queues.outageEnded();
    tell(update);
  });
  const interval = isLoopback(server) ? 100 : 1000;
  const pending = new PendingActivityWatch(connection, server.namespace, interval, tell);
  const follower = new Follower(client, server, closing.signal, (update) => {
    tell(update);
    for (const watch of [pending, queues]) {
      if (update.type === 'events') watch.observe(update.workflowId, update.events);
      if (update.type === 'unfollowable') watch.forget(update.workflowId);
    }
  });
  const inWords = <Answer>(call: Promise<Answer>): Promise<Answer> =>
    call.catch((error: unknown) => {
      throw new CommandError(serverErrorWords(error, server.address), {cause: error});
    });
  return {
    async start(request) {
      const run = await inWords(startRun(client, settings, request, closing.signal));
      void follower.followRoot([run]);
      return run;
    },
    async attach(workflowId) {
      const {chain, taskQueue, isOpen} = await inWords(findRuns(client, workflowId));
      void follower.followRoot(chain);
      const current = chain.at(-1) as Execution;
      return {...current, taskQueue, isOpen};
    },
    async cancel(workflowId) {
      await inWords(client.workflow.getHandle(workflowId).cancel());
    },
    async historyJson(workflowId) {
      return historyToJSON(await inWords(client.workflow.getHandle(workflowId).fetchHistory()));
    },
    list: (limit) => inWords(listRuns(client, limit)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      closing.abort();
      pending.close();
      queues.close();
      await connection.close();
    },
  };
}

function findRuns(client: Client, workflowId: string): Promise<CurrentRuns> {
  return currentRuns(client, workflowId).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new CommandError(`There is no workflow "${workflowId}" on this server. Check id and namespace.`);
  });
}
