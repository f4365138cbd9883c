import {constants, setPriority} from 'node:os';
import {join} from 'node:path';
import {type MessagePort, parentPort, workerData} from 'node:worker_threads';
import {checkModels, modelKeysIn} from '../agent/model-access.ts';
import {findScenario} from '../scenarios/index.ts';
import {createListeners} from '../session/listeners.ts';
import type {SessionUpdate, StartRequest} from '../session/session.ts';
import type {ClientThread, ClientThreadTask} from './client-thread.ts';
import type {ServerFacts} from './connection.ts';
import type {Trouble} from './host/host-watch.ts';
import {openRuntime, type Runtime} from './open-runtime.ts';
import {portToParent} from './port.ts';
import {prepareSandbox} from './sandbox-files.ts';
import {saveHistories} from './save-histories.ts';
import {portionsOf, sizeOf} from './update-portions.ts';
import {serve} from './wire.ts';

// The thread in which the app's client lives: loading it takes hundreds of milliseconds, and decoding histories takes
// time as well. The terminal's thread only ever sees plain data in small portions.

/** Milliseconds that a scripted model takes where nothing else is asked for, so that people can watch. */
const defaultPace = 300;

// On Linux, 0 means the calling thread: the one that draws goes first. Elsewhere it would mean the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

const {config, environment}: ClientThreadTask = workerData;
const updates = createListeners<SessionUpdate>();
if (parentPort) answer(parentPort);

function answer(parent: MessagePort): void {
  const opening = open();
  const client = opening.then((runtime) => clientOf(runtime, parent));
  const {fail} = serve<ClientThread>(client, portToParent(parent), {subscribe: sizeOf});
  // Where it does not come to that, the call that waits for it says so.
  opening
    .then((runtime) => runtime.workerReady.then(() => runtime.workerFailed.catch(fail)))
    .catch(() => undefined);
}

async function open(): Promise<Runtime> {
  await prepareSandbox(config.sandbox);
  const runtime = await openRuntime(config, {
    environment,
    pace: config.pace ?? defaultPace,
    background: true,
    onLog: () => undefined,
    onTrouble: (trouble) => updates.tell(updateOf(trouble)),
  });
  runtime.session.subscribe((update) => {
    for (const portion of portionsOf(update)) updates.tell(portion);
  });
  return runtime;
}

function clientOf(runtime: Runtime, parent: MessagePort): ClientThread {
  const {session, agent, workerReady} = runtime;
  return {
    ...session,
    subscribe: updates.subscribe,
    async start(request) {
      const {model} = request;
      if (model !== undefined) checkModels({...agent, model}, modelKeysIn(process.cwd(), environment));
      return session.start(withPrompt(request));
    },
    saveHistories: (workflowIds) =>
      saveHistories(session, workflowIds, config.saveHistory ?? join(process.cwd(), 'histories')),
    facts: async () => factsOf(runtime),
    workerReady: () => workerReady,
    async close() {
      await runtime.close();
      // The answer goes first; without its port, the thread ends.
      setImmediate(() => parent.close());
    },
  };
}

/** A scenario brings its prompt along. */
function withPrompt(request: StartRequest): StartRequest {
  const prompt = request.scenario === undefined ? undefined : findScenario(request.scenario)?.prompt;
  return prompt === undefined ? request : {...request, prompt};
}

function updateOf({kind, words: message}: Trouble): SessionUpdate {
  if (kind === 'stray') return {type: 'trouble', message};
  return {type: 'connection', state: kind === 'held' ? 'lost' : 'restored', message};
}

function factsOf({choice, server, taskQueue, agent, webUrl}: Runtime): ServerFacts {
  return {
    server: choice.kind,
    address: server.address,
    namespace: server.namespace,
    taskQueue,
    model: agent.model ?? 'scripted',
    ...(webUrl !== undefined && {webUrl}),
    ...(choice.why && {reason: choice.why}),
    lasting: choice.kind === 'existing',
  };
}
