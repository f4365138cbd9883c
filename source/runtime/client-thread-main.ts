import {constants, setPriority} from 'node:os';
import {join} from 'node:path';
import {parentPort, workerData} from 'node:worker_threads';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {checkModels, modelKeysIn} from '../agent/model-access.ts';
import {UsageError} from '../errors.ts';
import {findScenario} from '../scenarios/index.ts';
import type {SessionUpdate, StartRequest} from '../session/session.ts';
import type {
  AppThreadMessage,
  AppThreadMethod,
  AppThreadRequest,
  AppThreadTask,
} from './client-thread-messages.ts';
import type {Trouble} from './host/host-watch.ts';
import {openRuntime, type Runtime} from './open-runtime.ts';
import {prepareSandbox} from './sandbox-files.ts';
import {saveHistories} from './save-histories.ts';
import {createUpdateQueue} from './update-queue.ts';

// The thread in which the app's client lives: loading it takes hundreds of milliseconds, and decoding histories takes
// time as well. The terminal's thread only ever sees plain data in small portions.

/** Milliseconds that a scripted model takes where nothing else is asked for, so that people can watch. */
const defaultPace = 300;

// On Linux, 0 means the calling thread: the one that draws goes first. Elsewhere it would mean the whole process.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

const {config, environment} = workerData as AppThreadTask;
const queue = createUpdateQueue((updates) => say({type: 'updates', updates}));
const opening = open();

parentPort?.on('message', (request: AppThreadRequest) => {
  if (request.type === 'call') void call(request.id, request.method, request.values);
  else if (request.type === 'more') queue.sendMore();
  else void close();
});

async function open(): Promise<Runtime | undefined> {
  try {
    say({type: 'step', step: {name: 'server', state: 'started'}});
    await prepareSandbox(config.sandbox);
    const options = {environment, pace: config.pace ?? defaultPace, background: true};
    const runtime = await openRuntime(config, {
      ...options,
      onLog: (text) => say({type: 'log', text}),
      onTrouble: (trouble) => queue.add(updateOf(trouble)),
    });
    say({type: 'step', step: {name: 'server', state: 'done'}});
    runtime.session.subscribe(queue.add);
    await workerStarts(runtime);
    say({type: 'opened', facts: factsOf(runtime)});
    runtime.workerFailed.catch(fail);
    return runtime;
  } catch (error) {
    fail(error);
    return undefined;
  }
}

function updateOf({kind, words: message}: Trouble): SessionUpdate {
  if (kind === 'stray') return {type: 'trouble', message};
  return {type: 'connection', state: kind === 'held' ? 'lost' : 'restored', message};
}

async function workerStarts(runtime: Runtime): Promise<void> {
  if (!config.worker) return;
  say({type: 'step', step: {name: 'worker', state: 'started'}});
  await runtime.workerReady.catch(async (error: unknown) => {
    await runtime.close();
    throw error;
  });
  say({type: 'step', step: {name: 'worker', state: 'done'}});
}

function factsOf({
  choice,
  server,
  taskQueue,
  agent,
  webUrl,
}: Runtime): Extract<AppThreadMessage, {type: 'opened'}>['facts'] {
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

const methods: Record<AppThreadMethod, (runtime: Runtime, values: readonly never[]) => Promise<unknown>> = {
  start: async ({session, agent}, [request]) => {
    const {model} = request as unknown as StartRequest;
    if (model !== undefined) checkModels({...agent, model}, modelKeysIn(process.cwd(), environment));
    return session.start(withPrompt(request as unknown as StartRequest));
  },
  attach: ({session}, [workflowId]) => session.attach(workflowId as unknown as string),
  cancel: ({session}, [workflowId]) => session.cancel(workflowId as unknown as string),
  list: ({session}, [limit]) => session.list(limit as unknown as number),
  historyJson: ({session}, [workflowId]) => session.historyJson(workflowId as unknown as string),
  saveHistories: ({session}, [workflowIds]) =>
    saveHistories(
      session,
      workflowIds as unknown as string[],
      config.saveHistory ?? join(process.cwd(), 'histories'),
    ),
};

/** A scenario brings its prompt along. */
function withPrompt(request: StartRequest): StartRequest {
  const prompt = request.scenario === undefined ? undefined : findScenario(request.scenario)?.prompt;
  return prompt === undefined ? request : {...request, prompt};
}

async function call(id: number, method: AppThreadMethod, values: readonly unknown[]): Promise<void> {
  try {
    const runtime = await opening;
    if (!runtime) throw new Error('the server is not there');
    say({type: 'returned', id, value: await methods[method](runtime, values as readonly never[])});
  } catch (error) {
    say({type: 'threw', id, message: firstLine(error)});
  }
}

async function close(): Promise<void> {
  const runtime = await opening;
  await runtime?.close().catch(() => undefined);
  parentPort?.close();
}

function fail(error: unknown): void {
  const isUsage = error instanceof UsageError || error instanceof AgentDefinitionError;
  say({type: 'failed', message: firstLine(error), isUsage});
}

function say(message: AppThreadMessage): void {
  parentPort?.postMessage(message);
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] as string;
}
