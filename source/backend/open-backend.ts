import type {ServerConnection} from './connection.ts';

/** A server that this process has opened, or only found. */
export interface OpenBackend {
  connection: ServerConnection;
  /** Temporal Web, where there is one. */
  webUrl?: string;
  /** Ends the server if we started it. */
  close(): Promise<void>;
}
