import type {HistoryEvent} from '../wire/proto.ts';

/** A history to read: events by their position, which is their id less one. */
export type History = Pick<readonly HistoryEvent[], 'length' | 'slice' | 'at'>;

/** A history that a store adds to. */
export type GrowingHistory = History & {push(event: HistoryEvent): void};

/** A history as a change sees it: what is committed, and the events that the change adds. */
export class DraftHistory {
  readonly added: HistoryEvent[] = [];
  readonly #committed: number;

  /** @param committed how many events the history has already */
  constructor(committed: number) {
    this.#committed = committed;
  }

  get length(): number {
    return this.#committed + this.added.length;
  }

  push(event: HistoryEvent): void {
    this.added.push(event);
  }
}
