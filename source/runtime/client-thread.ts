import type {Config} from '../config.ts';
import type {Session} from '../session/session.ts';
import type {ServerFacts} from './connection.ts';

/** What the client's thread is started with. Plain data: it crosses to another thread. */
export interface ClientThreadTask {
  config: Config;
  environment: NodeJS.ProcessEnv;
}

/** What the client's thread offers: a session, and what has been opened for it. Every call waits for that. */
export interface ClientThread extends Session {
  facts(): Promise<ServerFacts>;
  /** Resolves once the worker polls; at once without one. */
  workerReady(): Promise<void>;
  /** Writes the histories of workflows as Temporal's JSON; resolves with the files' paths. */
  saveHistories(workflowIds: readonly string[]): Promise<string[]>;
}
