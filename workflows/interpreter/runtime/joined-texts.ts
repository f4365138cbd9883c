const buckets = 1 << 16;

/**
 * Counts long texts that were joined and not read since. The host keeps such a text as two parts and copies it into one
 * piece where its characters are first read, so whoever reads one of them pays for all of it, once. They are told apart by
 * their length only: others of a like length may pay in their place, but none is read for nothing.
 */
export class JoinedTexts {
  #counts: Uint32Array | undefined;

  add(length: number): void {
    this.#counts ??= new Uint32Array(buckets);
    const bucket = length % buckets;
    this.#counts[bucket] = (this.#counts[bucket] as number) + 1;
  }

  /** Whether a text of that length may be one of them; if so, there is one less. */
  take(length: number): boolean {
    const bucket = length % buckets;
    const count = this.#counts?.[bucket] ?? 0;
    if (this.#counts === undefined || count === 0) return false;
    this.#counts[bucket] = count - 1;
    return true;
  }
}
