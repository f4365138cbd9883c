import {type Client, WorkflowNotFoundError} from '@temporalio/client';
import {historyToJSON} from '@temporalio/common/lib/proto-utils.js';
import {createManifest} from '../agent/manifest.ts';
import {CommandError} from '../errors.ts';
import {connectClient} from './connect.ts';
import {type CurrentRuns, currentRuns} from './current-runs.ts';
import type {Execution} from './history-pages.ts';
import {createListeners} from './listeners.ts';
import {listRuns} from './run-list.ts';
import {serverErrorWords} from './server-error.ts';
import type {Session, SessionUpdate} from './session.ts';
import {type SessionSettings, startRun} from './start-run.ts';
import {openWatches, type Watches} from './watches.ts';

/**
 * Opens a session on a server.
 *
 * @throws CommandError where the server cannot be reached, AgentDefinitionError where the agent cannot be used
 */
export async function openSession(settings: SessionSettings): Promise<Session> {
  const {server, agent, taskQueue} = settings;
  const manifest = createManifest(agent);
  let watches: Watches | undefined;
  const client = await connectClient(server, () => void watches?.outage.noticed());
  const closing = new AbortController();
  const {tell, subscribe} = createListeners<SessionUpdate>();
  watches = openWatches(client, server, closing.signal, tell);
  const {follower, close} = watches;
  const inWords = <Answer>(call: Promise<Answer>): Promise<Answer> =>
    call.catch((error: unknown) => {
      throw new CommandError(serverErrorWords(error, server.address), {cause: error});
    });
  return {
    ...callsOf(client, inWords),
    async start(request) {
      const run = await inWords(startRun(client, {agent, manifest, taskQueue}, request, closing.signal));
      void follower.followRoot([run]);
      return run;
    },
    async attach(workflowId) {
      const {chain, ...facts} = await inWords(findRuns(client, workflowId));
      void follower.followRoot(chain);
      return {...(chain.at(-1) as Execution), ...facts};
    },
    subscribe,
    async close() {
      closing.abort();
      close();
      await client.connection.close();
    },
  };
}

/** What a session asks the server once, without following anything. */
function callsOf(
  client: Client,
  inWords: <Answer>(call: Promise<Answer>) => Promise<Answer>,
): Pick<Session, 'cancel' | 'historyJson' | 'list'> {
  return {
    async cancel(workflowId) {
      await inWords(client.workflow.getHandle(workflowId).cancel());
    },
    async historyJson(workflowId) {
      return historyToJSON(await inWords(client.workflow.getHandle(workflowId).fetchHistory()));
    },
    list: (limit) => inWords(listRuns(client, limit)),
  };
}

function findRuns(client: Client, workflowId: string): Promise<CurrentRuns> {
  return currentRuns(client, workflowId).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    throw new CommandError(`There is no workflow "${workflowId}" on this server. Check id and namespace.`);
  });
}
