import {flushCompileCache} from 'node:module';
import {Worker} from 'node:worker_threads';
import {RunningCalls} from '../../../activities/running-calls.ts';
import {openBackend} from '../../backend/index.ts';
import type {OpenBackend} from '../../backend/open-backend.ts';
import {installRuntime} from './install-runtime.ts';
import type {HostMessage, HostTask, ParentMessage} from './messages.ts';
import {killOwnGroup} from './own-group.ts';
import {shutdownTime} from './shutdown-time.ts';
import {catchStrays} from './stray-failures.ts';
import {type RunningWorker, startWorker} from './worker.ts';

// The child process that runs server and worker, so that the terminal never stutters and nothing outlives its parent.

/** Milliseconds between two signs of the event loop's life. */
const pulseTime = 200;

// Before anything of an author's is loaded.
const pulse = new SharedArrayBuffer(4);
const guard = new Worker(new URL('./guard.js', import.meta.url), {workerData: pulse});
guard.unref();
setInterval(() => Atomics.add(new Int32Array(pulse), 0, 1), pulseTime).unref();

const calls = new RunningCalls((names) => guard.postMessage(names));
catchStrays(calls, (words) => say({type: 'stray', words}));

const open: {backend?: OpenBackend; worker?: RunningWorker; task?: HostTask} = {};

process.on('message', (message: ParentMessage) => {
  if (message.type === 'start') void start(message.task);
  else void shutdown();
});
// Nobody is left who wants anything: it ends as its parent did.
process.once('disconnect', killOwnGroup);

async function start(task: HostTask): Promise<void> {
  open.task = task;
  try {
    installRuntime(task.worker?.logLevel ?? 'error');
    open.backend = await openBackend(task.backend);
    const {connection, webUrl} = open.backend;
    say({type: 'server', connection, ...(webUrl !== undefined && {webUrl})});
    if (!task.worker) return;
    open.worker = await startWorker(connection, task.worker, calls);
    say({type: 'worker', identity: open.worker.identity});
    // A host is killed in the end, so it never comes to writing the cache at its exit.
    flushCompileCache();
    await open.worker.done;
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const {message, stack} = error instanceof Error ? error : new Error(String(error));
  say({type: 'failed', message: message.split('\n')[0] as string, ...(stack !== undefined && {stack})});
  void shutdown();
}

function say(message: HostMessage): void {
  if (process.connected) process.send?.(message);
}

/** What has not ended by itself in time is killed. */
async function shutdown(): Promise<void> {
  setTimeout(killOwnGroup, shutdownTime(open.task)).unref();
  await open.worker?.shutdown();
  await open.backend?.close();
  killOwnGroup();
}
