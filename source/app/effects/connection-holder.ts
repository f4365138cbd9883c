import type {Connection} from '../../runtime/connection.ts';

/** The connection as it is now: none at first, and another one after each that was lost. */
export interface ConnectionHolder {
  /** Aborted once the app is left. */
  readonly closing: AbortSignal;
  /** @throws Error while there is none */
  get(): Connection;
  /** Ends the one that there is, come what may. */
  drop(): Promise<void>;
  /** Keeps a new one, or ends it where the app has been left meanwhile. */
  hold(connection: Connection): Promise<void>;
  /** The app is left: ends the one that there is. */
  close(): Promise<void>;
}

/** A holder without a connection. */
export function createConnectionHolder(): ConnectionHolder {
  const leaving = new AbortController();
  let current: Connection | undefined;
  return {
    closing: leaving.signal,
    get() {
      if (!current) throw new Error('the server is not there yet');
      return current;
    },
    async drop() {
      await current?.close().catch(() => {});
      current = undefined;
    },
    async hold(connection) {
      if (leaving.signal.aborted) await connection.close();
      else current = connection;
    },
    async close() {
      leaving.abort();
      await current?.close();
    },
  };
}
