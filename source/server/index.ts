import {type Clock, systemClock} from './clock.ts';
import {createServer, listen} from './grpc/server.ts';
import {methods} from './methods/index.ts';
import {openEngine, resume} from './open-engine.ts';
import type {Durability} from './store/database.ts';
import {MemoryStore} from './store/memory.ts';
import type {Store} from './store/store.ts';

export type {Clock} from './clock.ts';

/** A running server. */
export interface EmbeddedServer {
  /** Where it listens, e.g. `127.0.0.1:52113`. */
  readonly address: string;
  /** Ends every call and timer and frees the port. Without a file, what the server held is gone. */
  close(): Promise<void>;
}

/** How an embedded server is started. */
export interface EmbeddedServerOptions {
  /** 0, the default, for any free one. */
  readonly port?: number;
  /** Those that exist besides those that the file has; `default` unless given. */
  readonly namespaces?: readonly string[];
  /** Where runs are kept, an absolute path; unless given they end with the server. */
  readonly file?: string;
  /** `normal`, the default: a commit survives the death of any process; `full`: a loss of power as well, and takes longer. */
  readonly durability?: Durability;
  /** Where time comes from, the computer's unless given. */
  readonly clock?: Clock;
}

/**
 * Starts a Temporal-compatible gRPC server in this process, on the loopback interface only. With a file it goes on with the
 * runs that are in it.
 *
 * @throws where the port is taken; a `StoreError` where the file cannot be used
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions = {}): Promise<EmbeddedServer> {
  const clock = options.clock ?? systemClock;
  const store = await openStore(options, clock);
  const engine = openEngine(clock, options.namespaces ?? ['default'], store);
  const server = createServer(engine, methods);
  const port = await listen(server, options.port ?? 0).catch((error: unknown) => {
    engine.close();
    throw error;
  });
  resume(engine);
  return {
    address: `127.0.0.1:${port}`,
    async close() {
      server.forceShutdown();
      engine.close();
    },
  };
}

async function openStore({file, durability}: EmbeddedServerOptions, clock: Clock): Promise<Store> {
  if (file === undefined) return new MemoryStore();
  // Only with a file: the module warns on Node 22 that it is experimental, and takes time to load.
  const {SqliteStore} = await import('./store/sqlite.ts');
  return new SqliteStore(file, durability ?? 'normal', () => clock.now());
}
