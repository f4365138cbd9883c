import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {Connection} from '@temporalio/client';

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
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const server: RestartableServer = {
    address,
    async start() {
      const flags = ['--headless', '--ip', '127.0.0.1', '--port', String(port), '--db-filename', file];
      child = spawn(path, ['server', 'start-dev', ...flags, '--log-level', 'never'], {stdio: 'ignore'});
      await answers(address);
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
  await server.start();
  return server;
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Waits until the server has its namespace. */
async function answers(address: string): Promise<void> {
  for (;;) {
    try {
      const connection = await Connection.connect({address, connectTimeout: '1s'});
      await connection.workflowService
        .describeNamespace({namespace: 'default'})
        .finally(() => connection.close());
      return;
    } catch {
      await sleep(50);
    }
  }
}
