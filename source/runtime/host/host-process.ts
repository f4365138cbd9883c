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
  /** Milliseconds that tools in flight get to finish when the worker shuts down; `closing.tools` where absent. */
  grace?: number;
}

/** A server that a host has opened. */
export interface HostedServer {
  connection: ServerConnection;
  webUrl?: string;
}

/** What a host process offers to its parent. Where it cannot go on it fails as a whole, and exits; the end of the channel kills it. */
export interface HostProcess {
  /** Comes first. Resolves once the server is open; then the worker starts, where the task has one. */
  start(task: HostTask): Promise<HostedServer>;
  /** Resolves with the worker's identity once it polls. */
  worker(): Promise<string>;
  /** Failures that are no call's, in one line each; the host goes on. */
  strays(listener: (words: string) => void): () => void;
  /** Ends worker and server in order, then the process: nobody hears an answer. */
  shutdown(): Promise<void>;
}
