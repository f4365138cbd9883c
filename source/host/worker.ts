import {hostname} from 'node:os';
import {NativeConnection, Worker} from '@temporalio/worker';
import {assembleAgent} from '../agent/assemble.ts';
import {createWorkerOptions} from '../agent/worker-options.ts';
import {isLoopback, type ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../command-line/usage-error.ts';
import type {WorkerTask} from './messages.ts';

/** A worker that polls. */
export interface RunningWorker {
  identity: string;
  /** Resolves when it has stopped; rejects when it failed. */
  done: Promise<void>;
  /** Lets running tools finish within the grace time, then waits until it has stopped. */
  shutdown(): Promise<void>;
}

const defaultGrace = 1000;

/** How long a cancelled tool has to settle after the grace time; a host is killed soon after that. */
const forceAfter = 1500;

/**
 * Starts a worker for an agent.
 *
 * @param worker the task as the parent gave it
 * @throws CommandError where the server refuses the connection or does not know the namespace
 */
export async function startWorker(server: ServerConnection, worker: WorkerTask): Promise<RunningWorker> {
  const agent = await assembleAgent(worker.agent);
  const {namespace, ...connectionOptions} = server;
  // On one machine compressing costs more than it saves.
  const compression = isLoopback(server) ? {grpcCompression: {codec: 'none' as const}} : {};
  const connection = await NativeConnection.connect({...connectionOptions, ...compression}).catch(
    (error: unknown) => {
      throw new CommandError(cannotConnect(server, error), {cause: error});
    },
  );
  const {grace = defaultGrace} = worker;
  const identity = `${process.pid}@${hostname()}`;
  const running = await Worker.create({
    connection,
    namespace,
    identity,
    taskQueue: worker.taskQueue,
    shutdownGraceTime: grace,
    shutdownForceTime: grace + forceAfter,
    ...createWorkerOptions(agent, {sandbox: worker.sandbox, pace: worker.pace, loopback: isLoopback(server)}),
  });
  const done = running.run().finally(() => connection.close());
  // Whoever waits sees the failure; before that it must not end the process.
  done.catch(() => undefined);
  return {identity, done, shutdown: () => stop(running, done)};
}

async function stop(worker: Worker, done: Promise<void>): Promise<void> {
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await done.catch(() => undefined);
}

function cannotConnect({address}: ServerConnection, error: unknown): string {
  const [reason = ''] = String((error as Error).message).split('\n');
  if (/transport::Error|tcp connect|timed out/i.test(reason)) {
    return `No Temporal server answers at ${address}. Start one with "temporal server start-dev", or give its --address.`;
  }
  return `The worker cannot reach ${address}: ${reason}`;
}
