import {flushCompileCache} from 'node:module';
import {Worker} from 'node:worker_threads';
import {RunningCalls} from '../../../activities/running-calls.ts';
import {openBackend} from '../../backend/index.ts';
import type {OpenBackend} from '../../backend/open-backend.ts';
import {createListeners} from '../../session/listeners.ts';
import {rhythm, shutdownTime} from '../deadlines.ts';
import {portToProcess} from '../port.ts';
import {serve} from '../wire.ts';
import type {HostedServer, HostProcess, HostTask, WorkerTask} from './host-process.ts';
import {installRuntime} from './install-runtime.ts';
import {killOwnGroup} from './own-group.ts';
import {catchStrays} from './stray-failures.ts';
import {type RunningWorker, startWorker} from './worker.ts';

// The child process that runs server and worker, so that the terminal never stutters and nothing outlives its parent.

// Before anything of an author's is loaded.
const pulse = new SharedArrayBuffer(4);
const guard = new Worker(new URL('./guard.js', import.meta.url), {workerData: pulse});
guard.unref();
setInterval(() => Atomics.add(new Int32Array(pulse), 0, 1), rhythm.pulse).unref();

const calls = new RunningCalls((names) => guard.postMessage(names));
const strays = createListeners<string>();
catchStrays(calls, strays.tell);

const open: {backend?: OpenBackend; worker?: RunningWorker; task?: HostTask} = {};
const polling = Promise.withResolvers<string>();

const {fail} = serve<HostProcess>(
  {start, worker: () => polling.promise, strays: strays.subscribe, shutdown},
  portToProcess(process),
);
// Nobody is left who wants anything: it ends as its parent did.
process.once('disconnect', killOwnGroup);

async function start(task: HostTask): Promise<HostedServer> {
  open.task = task;
  try {
    installRuntime(task.worker?.logLevel ?? 'error');
    open.backend = await openBackend(task.backend);
  } catch (error) {
    giveUp(error);
    throw error;
  }
  const {connection, webUrl} = open.backend;
  if (task.worker) poll(task.worker, open.backend).catch(giveUp);
  return {connection, ...(webUrl !== undefined && {webUrl})};
}

async function poll(task: WorkerTask, {connection}: OpenBackend): Promise<void> {
  open.worker = await startWorker(connection, task, calls);
  polling.resolve(open.worker.identity);
  // A host is killed in the end, so it never comes to writing the cache at its exit.
  flushCompileCache();
  await open.worker.done;
}

function giveUp(error: unknown): void {
  fail(error);
  void shutdown();
}

/** What has not ended by itself in time is killed. */
async function shutdown(): Promise<void> {
  setTimeout(killOwnGroup, shutdownTime(open.task?.worker?.grace)).unref();
  await open.worker?.shutdown();
  await open.backend?.close();
  killOwnGroup();
}
