import type {GrowingHistory} from '../run/draft-history.ts';
import type {HistoryEvent} from '../wire/proto.ts';

/** Reads events of a run from where they are stored, in order. */
export type ReadEvents = (from: number, to: number) => HistoryEvent[];

/** A history whose beginning is read from the store when somebody asks for it. */
export class StoredHistory implements GrowingHistory {
  readonly #read: ReadEvents;
  /** How many events are only in the store; those after them are in `#tail`, too. */
  #stored: number;
  #tail: HistoryEvent[] = [];

  /** @param stored how many events the store has */
  constructor(stored: number, read: ReadEvents) {
    this.#stored = stored;
    this.#read = read;
  }

  get length(): number {
    return this.#stored + this.#tail.length;
  }

  at(index: number): HistoryEvent | undefined {
    const position = index < 0 ? this.length + index : index;
    if (position < 0 || position >= this.length) return undefined;
    if (position >= this.#stored) return this.#tail[position - this.#stored];
    return this.#read(position, position + 1)[0];
  }

  slice(from = 0, to = this.length): HistoryEvent[] {
    const end = Math.min(to, this.length);
    const tail = this.#tail.slice(Math.max(0, from - this.#stored), Math.max(0, end - this.#stored));
    if (from >= this.#stored) return tail;
    return [...this.#read(from, Math.min(end, this.#stored)), ...tail];
  }

  /** Adds an event that the store has as well. */
  push(event: HistoryEvent): void {
    this.#tail.push(event);
  }

  /** Keeps nothing in memory any more. */
  release(): void {
    this.#stored = this.length;
    this.#tail = [];
  }
}
