import {hostname} from 'node:os';
import {NativeConnection, Worker} from '@temporalio/worker';
import type {RunningCalls} from '../../../activities/running-calls.ts';
import {assembleAgent} from '../../agent/assemble.ts';
import {createWorkerOptions} from '../../agent/worker-options.ts';
import {isLoopback, type ServerConnection} from '../../backend/connection.ts';
import {silenceGrpc, workerProxyFor} from '../../backend/proxy.ts';
import {connectionOptions} from '../../backend/sdk-options.ts';
import {refusedCredentialsWords, unreachableWords} from '../../backend/unreachable.ts';
import {CommandError} from '../../errors.ts';
import {scripts} from '../../scenarios/scripts.ts';
import {closing, patience} from '../deadlines.ts';
import {coreErrorWords} from './core-error.ts';
import type {WorkerTask} from './host-process.ts';

/** A worker that polls. */
export interface RunningWorker {
  identity: string;
  /** Resolves when it has stopped; rejects when it failed. */
  done: Promise<void>;
  /** Lets running tools finish within the grace time, then waits until it has stopped. */
  shutdown(): Promise<void>;
}

/**
 * Starts a worker for an agent.
 *
 * @param worker the task as the parent gave it
 * @param calls knows which calls run in this process
 * @throws CommandError where the server refuses the connection or does not know the namespace
 */
export async function startWorker(
  server: ServerConnection,
  worker: WorkerTask,
  calls: RunningCalls,
): Promise<RunningWorker> {
  const agent = await assembleAgent(worker.agent);
  const connection = await connect(server);
  const {grace = closing.tools} = worker;
  const identity = `${process.pid}@${hostname()}`;
  const options = {
    connection,
    namespace: server.namespace,
    identity,
    taskQueue: worker.taskQueue,
    shutdownGraceTime: grace,
    shutdownForceTime: grace + closing.cancelledTools,
    ...createWorkerOptions(
      agent,
      {sandbox: worker.sandbox, pace: worker.pace, loopback: isLoopback(server), scripts},
      calls,
    ),
  };
  const inWords = (error: unknown): never => {
    throw new CommandError(coreErrorWords(error, server), {cause: error});
  };
  const running = await Worker.create(options).catch(inWords);
  const done = running
    .run()
    .catch(inWords)
    .finally(() => connection.close());
  // Whoever waits sees the failure; before that it must not end the process.
  done.catch(() => undefined);
  return {identity, done, shutdown: () => stop(running, done)};
}

async function connect(server: ServerConnection): Promise<NativeConnection> {
  // On one machine compressing costs more than it saves.
  const compression = isLoopback(server) ? {grpcCompression: {codec: 'none' as const}} : {};
  silenceGrpc();
  const connecting = NativeConnection.connect({
    ...connectionOptions(server),
    ...workerProxyFor(server),
    ...compression,
  });
  return withinPatience(connecting).catch(async (error: unknown) => {
    throw new CommandError(await cannotConnect(server, error), {cause: error});
  });
}

async function stop(worker: Worker, done: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await done.catch(() => undefined);
}

/** The SDK waits for ever for a server that takes the connection and says nothing. */
function withinPatience<Connection>(connecting: Promise<Connection>): Promise<Connection> {
  const {promise, reject} = Promise.withResolvers<never>();
  const timer = setTimeout(reject, patience.connection, new Error('timed out'));
  return Promise.race([connecting, promise]).finally(() => clearTimeout(timer));
}

async function cannotConnect(server: ServerConnection, error: unknown): Promise<string> {
  const [reason = ''] = String((error as Error).message).split('\n');
  return /Unauthenticated|PermissionDenied|permission|credentials/.test(reason)
    ? refusedCredentialsWords(server)
    : unreachableWords(server);
}
