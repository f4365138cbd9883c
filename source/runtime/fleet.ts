import type {ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../errors.ts';
import type {WorkerTask} from './host/host-process.ts';
import {type Host, type HostOptions, startHost} from './host/start-host.ts';

/** A worker in an operating-system process of its own. */
export interface WorkerProcess {
  /** As histories name it: `<process id>@<host name>`. */
  readonly identity: string;
  /** SIGKILL, as a crash would: nothing is drained. */
  kill(): void;
  /** Lets tools in flight finish for a moment, then ends the process. */
  shutdown(): Promise<void>;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
}

/** Workers of one server, each in a process of its own. */
export interface Fleet {
  /** Starts another worker; resolves once it polls. */
  start(task: WorkerTask): Promise<WorkerProcess>;
  /** Those that poll and have not ended, oldest first. */
  workers(): readonly WorkerProcess[];
  /** Rejects with a CommandError when the last worker has ended although nobody closed the fleet. */
  readonly failed: Promise<never>;
  /** Drains all workers and waits until they are gone. */
  close(): Promise<void>;
}

/** A fleet without workers. */
export function openFleet(server: ServerConnection, options: HostOptions): Fleet {
  const hosts = new Set<Host>();
  const polling = new Map<Host, WorkerProcess>();
  const failed = Promise.withResolvers<never>();
  // Whoever awaits it sees the failure.
  failed.promise.catch(() => undefined);
  let closing = false;
  let reason: unknown;
  const forget = (host: Host) => {
    hosts.delete(host);
    const hasPolled = polling.delete(host);
    if (hosts.size > 0 || closing) return;
    failed.reject(hasPolled ? new CommandError('No worker is left: the last one’s process ended.') : reason);
  };
  return {
    async start(worker) {
      const host = startHost({backend: {kind: 'existing', why: 'ours', connection: server}, worker}, options);
      hosts.add(host);
      host.failed.catch((error: unknown) => {
        reason = error;
      });
      void host.exited.then(() => forget(host));
      const {kill, shutdown, exited} = host;
      const started = {identity: await host.worker, kill, shutdown, exited};
      polling.set(host, started);
      return started;
    },
    workers: () => [...polling.values()],
    failed: failed.promise,
    async close() {
      closing = true;
      await Promise.all([...hosts].map((host) => host.shutdown()));
    },
  };
}
