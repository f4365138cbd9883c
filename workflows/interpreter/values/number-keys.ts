// Globals looked up in Temporal's sandbox cost 250 ns, constants of the module 4 ns.
const HostUint32Array = Uint32Array;
const {imul} = Math;

const buckets = 1024;
const comparedPerStep = 64;

/**
 * The numbers among the keys of a large Map or Set, counted by the hash that V8 gives them: one without a secret, so a
 * program can choose thousands of numbers that all end up in one chain, and each look-up walks that chain. Numbers that
 * are not integers of 32 bits are counted as if they all did.
 */
export class NumberKeys {
  readonly #counts = new HostUint32Array(buckets);
  #size = 0;
  #others = 0;

  constructor(keys: Iterable<unknown>) {
    for (const key of keys) this.count(key, 1);
  }

  /** Notes that a key came (1) or went (-1). */
  count(key: unknown, by: 1 | -1): void {
    if (typeof key !== 'number') return;
    this.#size += by;
    if ((key | 0) !== key) this.#others += by;
    else this.#counts[bucketOf(key)] = (this.#counts[bucketOf(key)] as number) + by;
  }

  /** Steps for finding a key, beyond those of an ordinary look-up. */
  stepsFor(key: unknown): number {
    if (typeof key !== 'number') return 0;
    return this.#steps((key | 0) !== key ? this.#others : (this.#counts[bucketOf(key)] as number));
  }

  /** What the dearest key costs. */
  get mostSteps(): number {
    return this.#steps(this.#counts.reduce((most, count) => (count > most ? count : most), this.#others));
  }

  // Twice as many as there should be are still no sign of anything.
  #steps(count: number): number {
    const usual = 64 + 2 * (this.#size / buckets);
    return count > usual ? ((count - usual) / comparedPerStep) | 0 : 0;
  }
}

/** V8's `ComputeUnseededHash`. */
function bucketOf(key: number): number {
  let hash = (imul(key, 32767) - 1) | 0;
  hash ^= hash >>> 12;
  hash = imul(hash, 5);
  hash ^= hash >>> 4;
  hash = imul(hash, 2057);
  hash ^= hash >>> 16;
  return hash & (buckets - 1);
}
