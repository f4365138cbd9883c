import {AsyncLocalStorage} from 'node:async_hooks';
import type {Context} from '@temporalio/activity';
import {ToolExecutionError, ToolRetryableError} from './errors.ts';

/** A tool call that runs in this process. */
export interface RunningCall {
  /** E.g. `sandbox.write_file`. */
  readonly name: string;
  /** Fails the call, whatever its tool does; nothing where it has ended. */
  fail(error: Error): void;
  readonly hasEnded: boolean;
}

/** Told of calls as they begin and end, e.g. to say who holds the event loop. */
export type CallListener = (calls: readonly string[]) => void;

/** Milliseconds between two looks at the event loop. */
const tickTime = 100;

/** Milliseconds that an earlier attempt has to end before the next one is refused. */
const settleTime = 5000;

/** Attempts that held the event loop for too long, until the next attempt comes. */
const remembered = 1000;

/**
 * The tool calls that run in this process: it knows in whose code something happens, lets no attempt join another one
 * of the same call, and runs none again that held the event loop until the server took it for lost.
 */
export class RunningCalls {
  readonly #scope = new AsyncLocalStorage<RunningCall>();
  readonly #running = new Map<string, Attempt>();
  readonly #held = new Map<string, Attempt>();
  readonly #listener: CallListener;

  constructor(listener: CallListener = () => undefined) {
    this.#listener = listener;
  }

  /** The call in whose code, timers and promises included, this is asked; it may have ended. */
  current(): RunningCall | undefined {
    return this.#scope.getStore();
  }

  /**
   * Runs the tool for one attempt.
   *
   * @throws ToolRetryableError where an earlier attempt goes on and on, ToolExecutionError where one held the event loop
   */
  async run<T>(context: Context, tool: () => Promise<T>): Promise<T> {
    const {activityType: name, workflowExecution, activityId, attempt, heartbeatTimeoutMs = 0} = context.info;
    const key = JSON.stringify([workflowExecution?.runId, activityId]);
    await this.#earlierHasEnded(key, name);
    context.cancellationSignal.throwIfAborted();
    const own = new Attempt(name, attempt, heartbeatTimeoutMs);
    this.#running.set(key, own);
    this.#tell();
    try {
      return await own.run(
        () => this.#scope.run(own, tool),
        () => this.#running.size,
      );
    } finally {
      void own.settled.then(() => {
        this.#running.delete(key);
        this.#tell();
        if (own.heldTooLong !== undefined) this.#remember(key, own);
      });
    }
  }

  async #earlierHasEnded(key: string, name: string): Promise<void> {
    const earlier = this.#running.get(key);
    if (earlier && !(await within(settleTime, earlier.settled))) {
      throw new ToolRetryableError(
        `Attempt ${earlier.attempt} of ${name} still runs in this worker, although it was taken for lost: the tool does not end when its signal is aborted. It is never run twice at once.`,
      );
    }
    const held = this.#held.get(key);
    this.#held.delete(key);
    if (held) throw new ToolExecutionError(heldWords(held));
  }

  #remember(key: string, attempt: Attempt): void {
    this.#held.set(key, attempt);
    if (this.#held.size > remembered) this.#held.delete(this.#held.keys().next().value as string);
  }

  #tell(): void {
    this.#listener([...this.#running.values()].map(({name}) => name));
  }
}

/** One attempt of a call, and how long the event loop stood still under it. */
class Attempt implements RunningCall {
  readonly name: string;
  readonly attempt: number;
  readonly heartbeatTimeout: number;
  /** Resolves when the tool has ended, which may be later than the call. */
  settled: Promise<void> = Promise.resolve();
  hasEnded = false;
  /** Milliseconds that it held the event loop, where that was longer than its heartbeat allows. */
  heldTooLong: number | undefined;
  readonly #failed = Promise.withResolvers<never>();
  #last = performance.now();
  /** How many calls ran at the last look. */
  #company = 1;

  constructor(name: string, attempt: number, heartbeatTimeout: number) {
    this.name = name;
    this.attempt = attempt;
    this.heartbeatTimeout = heartbeatTimeout;
    this.#failed.promise.catch(() => undefined);
  }

  fail(error: Error): void {
    this.#failed.reject(error);
  }

  /** @param running how many there are: only who is alone can be known to have held the loop */
  async run<T>(tool: () => Promise<T>, running: () => number): Promise<T> {
    const timer = setInterval(() => this.#tick(running()), tickTime);
    const work = (async () => tool())();
    // A call that has failed otherwise is over, whether its tool ever ends or not.
    this.settled = Promise.race([work, this.#failed.promise]).then(
      () => undefined,
      () => undefined,
    );
    // What it does up to its first wait is its own.
    this.#tick(1);
    this.#company = running();
    void this.settled.then(() => {
      this.#tick(running());
      clearInterval(timer);
      this.hasEnded = true;
    });
    return Promise.race([work, this.#failed.promise]);
  }

  #tick(running: number): void {
    const now = performance.now();
    const stoodStill = now - this.#last;
    const isAlone = Math.max(running, this.#company) === 1;
    this.#last = now;
    this.#company = running;
    if (isAlone && this.heartbeatTimeout > 0 && stoodStill > this.heartbeatTimeout) {
      this.heldTooLong = stoodStill;
    }
  }
}

function heldWords({name, attempt, heldTooLong = 0, heartbeatTimeout}: Attempt): string {
  return `${name} held its worker for ${seconds(heldTooLong)}, while its heartbeat allows ${seconds(heartbeatTimeout)}: nothing else ran, and the server took attempt ${attempt} for lost, although it ran to its end. It is not run again. The tool has to await what takes long, or to do it in a thread or a process of its own.`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)}s`;
}

/** False where it takes longer. */
async function within(milliseconds: number, promise: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  return Promise.race([promise.then(() => true), late]).finally(() => clearTimeout(timer));
}
