import type {Clock} from '../../source/server/index.ts';

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now = Date.UTC(2030, 0, 1);
  readonly #calls = new Set<{at: number; callback: () => void}>();

  now(): number {
    return this.#now;
  }

  wakeAt(at: number, callback: () => void): () => void {
    const call = {at, callback};
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  /** Lets time pass; what is due is called in order of time. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let call = this.#next(end); call; call = this.#next(end)) {
      this.#calls.delete(call);
      this.#now = Math.max(this.#now, call.at);
      call.callback();
    }
    this.#now = end;
  }

  #next(end: number) {
    const due = [...this.#calls].filter(({at}) => at <= end);
    return due.sort((a, b) => a.at - b.at)[0];
  }
}
