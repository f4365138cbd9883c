/**
 * A map as a change sees it. What it holds is as committed until the change takes it out with `get`, which gives the
 * change a copy of its own. Nothing of this reaches the committed map before `commit`.
 */
export class DraftMap<Key, Value> implements ReadonlyMap<Key, Value> {
  readonly #committed: ReadonlyMap<Key, Value>;
  readonly #changed = new Map<Key, Value | undefined>();
  #size: number;

  constructor(committed: ReadonlyMap<Key, Value>) {
    this.#committed = committed;
    this.#size = committed.size;
  }

  get size(): number {
    return this.#size;
  }

  /** What the change has set, taken out or, where the value is undefined, deleted. */
  get changed(): ReadonlyMap<Key, Value | undefined> {
    return this.#changed;
  }

  has(key: Key): boolean {
    return this.#changed.has(key) ? this.#changed.get(key) !== undefined : this.#committed.has(key);
  }

  /** @returns the change's own copy, free to be changed */
  get(key: Key): Value | undefined {
    if (this.#changed.has(key)) return this.#changed.get(key);
    const value = this.#committed.get(key);
    if (value === undefined) return undefined;
    const copy = copyOf(value);
    this.#changed.set(key, copy);
    return copy;
  }

  set(key: Key, value: Value): this {
    if (!this.has(key)) this.#size += 1;
    this.#changed.set(key, value);
    return this;
  }

  delete(key: Key): boolean {
    if (!this.has(key)) return false;
    this.#size -= 1;
    this.#changed.set(key, undefined);
    return true;
  }

  /** To look at only: what is committed is frozen. */
  *entries(): MapIterator<[Key, Readonly<Value>]> {
    for (const [key, value] of this.#committed) {
      const current = this.#changed.has(key) ? this.#changed.get(key) : value;
      if (current !== undefined) yield [key, current];
    }
    for (const [key, value] of this.#changed) {
      if (value !== undefined && !this.#committed.has(key)) yield [key, value];
    }
  }

  *keys(): MapIterator<Key> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<Readonly<Value>> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[Key, Readonly<Value>]> {
    return this.entries();
  }

  forEach(callback: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this.entries()) callback(value, key, this);
  }

  /** Writes what has changed into the committed map, frozen: from then on only another change can change it. */
  commit(target: Map<Key, Value>): void {
    for (const [key, value] of this.#changed) {
      if (value === undefined) target.delete(key);
      else target.set(key, Object.freeze(value));
    }
  }
}

function copyOf<Value>(value: Value): Value {
  return typeof value === 'object' ? {...value} : value;
}
