import {systemClock} from '../../../source/server/clock.ts';
import {createServer, listen} from '../../../source/server/grpc/server.ts';
import {methods} from '../../../source/server/methods/index.ts';
import {openEngine, resume} from '../../../source/server/open-engine.ts';
import {SqliteStore} from '../../../source/server/store/sqlite.ts';
import type {DraftOfRun} from '../../../source/server/store/store.ts';
import {StoreError} from '../../../source/server/store/store-error.ts';

/** Where in a commit the server dies. */
export type CrashPoint = 'before it is written' | 'before anybody sees it';

/** A store whose process dies at a given commit: from then on nothing is written and nobody is answered. */
class CrashingStore extends SqliteStore {
  readonly #file: string;
  readonly #crashAt: number;
  readonly #point: CrashPoint;
  readonly #crash: () => void;
  commits = 0;

  constructor(file: string, crashAt: number, point: CrashPoint, crash: () => void) {
    super(file, 'normal', Date.now);
    this.#file = file;
    this.#crashAt = crashAt;
    this.#point = point;
    this.#crash = crash;
  }

  override commit(drafts: readonly DraftOfRun[]): void {
    this.commits += 1;
    if (this.commits > this.#crashAt)
      throw new StoreError('failed', this.#file, {detail: 'the process is dead'});
    if (this.commits === this.#crashAt && this.#point === 'before it is written') this.#die();
    super.commit(drafts);
    if (this.commits === this.#crashAt) this.#die();
  }

  #die(): never {
    this.#crash();
    throw new StoreError('failed', this.#file, {detail: 'the process is dead'});
  }
}

/** A server on a file in this process that dies like a killed one, and is started again on the same port. */
export interface CrashingServer {
  readonly address: string;
  /** How many commits there were since the last start. */
  commits(): number;
  close(): Promise<void>;
}

/**
 * Starts a server that dies once, at a commit, and is there again at once.
 *
 * @param crashAt which commit, from 1; infinite for none
 */
export async function startCrashingServer(
  file: string,
  crashAt: number,
  point: CrashPoint,
): Promise<CrashingServer> {
  let current = await start(0, crashAt);
  let restarted = Promise.resolve();

  async function start(port: number, at: number) {
    const store = new CrashingStore(file, at, point, () => {
      restarted = restart();
    });
    const engine = openEngine(systemClock, ['default'], store);
    const server = createServer(engine, methods);
    const bound = await listen(server, port);
    return {store, engine, server, port: bound};
  }

  // The connections break before the failed commit is answered; the file is as the commit left it.
  async function restart(): Promise<void> {
    const {engine, server, port} = current;
    server.forceShutdown();
    await new Promise((resolve) => setImmediate(resolve));
    engine.close();
    current = await start(port, Number.POSITIVE_INFINITY);
    resume(current.engine);
  }

  return {
    address: `127.0.0.1:${current.port}`,
    commits: () => current.store.commits,
    async close() {
      await restarted;
      current.server.forceShutdown();
      current.engine.close();
    },
  };
}
