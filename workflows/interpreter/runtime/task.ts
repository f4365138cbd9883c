/** A tool call, an asynchronous function or a group of promises, as far as cancelling it goes. */
export interface Cancellable {
  /** Asks it to stop. What it consists of is added to the queue, so that deep nesting takes no stack. */
  cancel(queue: Cancellable[]): void;
}

/** A promise, as far as cancelling what it stands for goes. */
interface Pending {
  readonly state: string;
  readonly work: Cancellable | undefined;
  cancelling: boolean;
}

/** The work of the promises that are still open, each given once. */
export function openWork(promises: readonly Pending[]): Cancellable[] {
  const work: Cancellable[] = [];
  for (const promise of promises) {
    if (promise.state !== 'pending' || promise.cancelling || !promise.work) continue;
    promise.cancelling = true;
    work.push(promise.work);
  }
  return work;
}

/** Cancels parts, and what they consist of. */
export function cancelAll(parts: Iterable<Cancellable>): void {
  const queue = [...parts];
  for (const part of queue) part.cancel(queue);
}

/**
 * What one call of an asynchronous function has started: tool calls, and further asynchronous functions. Cancelling
 * it cancels all of that, and it starts nothing any more.
 */
export class Task implements Cancellable {
  readonly parent: Task | undefined;
  /** Made where something is started: most asynchronous functions wait for one thing after the other. */
  #running: Set<Cancellable> | undefined;
  #cancelled = false;

  constructor(parent?: Task) {
    this.parent = parent;
    parent?.add(this);
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  add(part: Cancellable): void {
    this.#running ??= new Set();
    this.#running.add(part);
    if (this.#cancelled) cancelAll([part]);
  }

  remove(part: Cancellable): void {
    this.#running?.delete(part);
  }

  /** Its function has returned. What it started goes on and is now its parent's. */
  finish(): void {
    if (!this.parent) return;
    this.parent.remove(this);
    for (const part of this.#running ?? []) this.parent.add(part);
    this.#running = undefined;
  }

  cancel(queue: Cancellable[]): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const part of this.#running ?? []) queue.push(part);
  }
}
