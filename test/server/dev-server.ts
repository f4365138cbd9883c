import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {Connection} from '@temporalio/client';
import {freePort} from '../free-port.ts';

/** A real server that keeps its runs in a file, so that it may go away and come back. */
export interface RestartableServer {
  readonly address: string;
  /** Starts it again on the same port, with the runs that it had. */
  start(): Promise<void>;
  /** Kills it, as a power cut does. */
  kill(): Promise<void>;
}

/**
 * Starts the real server.
 *
 * @param path the `temporal` program
 * @param file where the runs are kept
 */
export async function startRestartable(path: string, file: string): Promise<RestartableServer> {
  for (;;) {
    const server = restartable(path, file, await freePort());
    try {
      await server.start();
      return server;
    } catch {
      // Somebody else was faster to take the port.
    }
  }
}

function restartable(path: string, file: string, port: number): RestartableServer {
  const address = `127.0.0.1:${port}`;
  const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', file];
  let child: ChildProcess | undefined;
  return {
    address,
    async start() {
      child = spawn(path, ['server', 'start-dev', ...flags, '--log-level', 'never'], {stdio: 'ignore'});
      await answers(address, child);
    },
    async kill() {
      if (!child || hasEnded(child)) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function hasEnded({exitCode, signalCode}: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** A server that is not there yet is asked again soon, and a busy machine gets its time. */
const channelArgs = {'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 200};

/** Waits until the server has its namespace; rejects where its process ends before. */
async function answers(address: string, child: ChildProcess): Promise<void> {
  while (!hasEnded(child)) {
    try {
      const connection = await Connection.connect({address, channelArgs});
      await connection.workflowService
        .describeNamespace({namespace: 'default'})
        .finally(() => connection.close());
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`The server at ${address} has ended by itself.`);
}
