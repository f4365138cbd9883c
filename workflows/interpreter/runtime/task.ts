/** A call in flight or in the queue, as far as cancelling it goes. */
export interface Cancellable {
  cancel(): void;
}

/**
 * What one call of an asynchronous function has started: tool calls, and further asynchronous functions. Cancelling
 * it cancels all of that, and it starts nothing any more.
 */
export class Task implements Cancellable {
  readonly parent: Task | undefined;
  readonly #running = new Set<Cancellable>();
  #cancelled = false;

  constructor(parent?: Task) {
    this.parent = parent;
    parent?.add(this);
  }

  get cancelled(): boolean {
    return this.#cancelled;
  }

  add(part: Cancellable): void {
    this.#running.add(part);
    if (this.#cancelled) part.cancel();
  }

  remove(part: Cancellable): void {
    this.#running.delete(part);
  }

  /** Its function has returned. What it started goes on and is now its parent's. */
  finish(): void {
    if (!this.parent) return;
    this.parent.remove(this);
    for (const part of this.#running) this.parent.add(part);
    this.#running.clear();
  }

  cancel(): void {
    this.#cancelled = true;
    for (const part of this.#running) part.cancel();
  }
}
