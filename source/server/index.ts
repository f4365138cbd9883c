import {type Clock, systemClock} from './clock.ts';
import {Engine} from './engine/engine.ts';
import {createServer, listen} from './grpc/server.ts';
import {methods} from './methods/index.ts';
import {MemoryStore} from './store/memory.ts';

export type {Clock} from './clock.ts';

/** A running server. */
export interface EmbeddedServer {
  /** Where it listens, e.g. `127.0.0.1:52113`. */
  readonly address: string;
  /** Ends every call and timer and frees the port. What the server held is gone. */
  close(): Promise<void>;
}

/**
 * Starts a Temporal-compatible gRPC server in this process, in memory, on the loopback interface only.
 *
 * @param options `port`: 0, the default, for any free one; `namespaces`: those that exist, `default` unless given;
 *   `clock`: where time comes from, the computer's unless given
 * @throws where the port is taken
 */
export async function startEmbeddedServer(
  options: {port?: number; namespaces?: string[]; clock?: Clock} = {},
): Promise<EmbeddedServer> {
  const engine = new Engine(
    options.clock ?? systemClock,
    options.namespaces ?? ['default'],
    new MemoryStore(),
  );
  const server = createServer(engine, methods);
  const port = await listen(server, options.port ?? 0);
  return {
    address: `127.0.0.1:${port}`,
    async close() {
      engine.close();
      server.forceShutdown();
    },
  };
}
