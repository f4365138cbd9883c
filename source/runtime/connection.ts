import type {Session} from '../session/session.ts';
import type {Remote} from './wire.ts';

/** A step of starting up, as it begins and as it ends. */
export interface StartStep {
  /** What is being started, e.g. `server`, `worker`. */
  name: string;
  state: 'started' | 'done' | 'failed';
}

/** Where the runs live, for the status line. */
export interface ServerFacts {
  server: 'embedded' | 'dev-server' | 'existing';
  address: string;
  namespace: string;
  taskQueue: string;
  /** The model of runs that name none, e.g. `scripted`. */
  model: string;
  /** Temporal Web's address without a trailing slash, where there is one. */
  webUrl?: string;
  /** Why this server was chosen, in a few words, where a person may wonder. */
  reason?: string;
  /** True where runs outlive this program. */
  lasting: boolean;
}

/** What the app works with once everything has been started. */
export interface Connection {
  session: Remote<Session>;
  facts: ServerFacts;
  /** Resolves with one line for people when server or worker has died by itself; never after `close`. */
  lost: Promise<string>;
  /** Writes the histories of workflows as Temporal's JSON; resolves with the files' paths. */
  saveHistories(workflowIds: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** Starting cannot work out, however often it is tried: the message says what to change. */
export class ConnectRefused extends Error {
  override name = 'ConnectRefused';
}

/**
 * Starts whatever is needed. Rejects with `ConnectRefused`, or with another error where trying again may help.
 * Called again after a connection was lost.
 */
export type Connect = (onStep: (step: StartStep) => void) => Promise<Connection>;
