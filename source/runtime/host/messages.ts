import type {AgentChoice} from '../../agent/assemble.ts';
import type {BackendChoice} from '../../backend/choose.ts';
import type {ServerConnection} from '../../backend/connection.ts';

/** What a host process is to do. Plain data: it crosses the process boundary. */
export interface HostTask {
  /** The server to open; `existing` only passes its connection on. */
  backend: BackendChoice;
  /** Absent for a host that only runs a server. */
  worker?: WorkerTask;
}

export interface WorkerTask {
  agent: AgentChoice;
  taskQueue: string;
  /** Absolute path. */
  sandbox: string;
  /** Milliseconds. */
  pace: number;
  logLevel: string;
  /** Milliseconds that tools in flight get to finish when the worker shuts down; 1000 where absent. */
  grace?: number;
}

/** What a host says to its parent, in this order. */
export type HostMessage =
  | {type: 'server'; connection: ServerConnection; webUrl?: string}
  | {type: 'worker'; identity: string}
  /** A failure that is no call's; the host goes on. */
  | {type: 'stray'; words: string}
  /** The host cannot go on; it exits after this. */
  | {type: 'failed'; message: string; stack?: string};

/** What a parent says to its host. The task comes first; the end of the channel kills the host. */
export type ParentMessage = {type: 'start'; task: HostTask} | {type: 'shutdown'};
