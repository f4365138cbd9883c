import type {Realm} from '../runtime/realm.ts';

/** The host's search may compare every character of what is wanted at every place; up to here that is charged. */
const hostSearchLength = 64;

/** Pays for one search through a text. */
export function chargeSearch(realm: Realm, text: string, wanted: string): void {
  const {meter} = realm;
  const times = wanted.length > hostSearchLength ? 10 : 1 + (wanted.length >> 4);
  for (let count = 0; count < times; count++) meter.chargeText(text.length);
  meter.chargeText(wanted.length);
}

/** `indexOf`, in time linear in both texts. */
export function findText(text: string, wanted: string, from: number): number {
  if (wanted.length <= hostSearchLength) return text.indexOf(wanted, from);
  const start = Math.min(Math.max(Math.trunc(from) || 0, 0), text.length);
  const found = new LongSearch(wanted, 0, 1).search(text, start, text.length - start);
  return found === -1 ? -1 : start + found;
}

/** `lastIndexOf`, in time linear in both texts: a search from the end. NaN as `from` means the end. */
export function findLastText(text: string, wanted: string, from: number): number {
  if (wanted.length <= hostSearchLength) return text.lastIndexOf(wanted, from);
  const latest = text.length - wanted.length;
  const start = Number.isNaN(from) ? latest : Math.min(Math.max(Math.trunc(from), 0), latest);
  if (start < 0) return -1;
  const last = start + wanted.length - 1;
  const found = new LongSearch(wanted, wanted.length - 1, -1).search(text, last, last + 1);
  return found === -1 ? -1 : last - found - wanted.length + 1;
}

/** Knuth, Morris and Pratt's search, forwards or, with a step of -1, backwards. */
class LongSearch {
  readonly #wanted: string;
  readonly #first: number;
  readonly #step: number;
  /** For each beginning of what is wanted, how long its longest proper border is. */
  readonly #borders = [0];

  constructor(wanted: string, first: number, step: number) {
    this.#wanted = wanted;
    this.#first = first;
    this.#step = step;
    for (let index = 1, border = 0; index < wanted.length; index++) {
      border = this.#extend(border, wanted.charCodeAt(first + step * index));
      this.#borders.push(border);
    }
  }

  /** How many characters from `start` on the first match begins; -1 where there is none among `count`. */
  search(text: string, start: number, count: number): number {
    const {length} = this.#wanted;
    for (let index = 0, matched = 0; index < count; index++) {
      matched = this.#extend(matched, text.charCodeAt(start + this.#step * index));
      if (matched === length) return index - length + 1;
    }
    return -1;
  }

  /** How much of what is wanted is matched, after one more character. */
  #extend(matched: number, unit: number): number {
    const wanted = this.#wanted;
    let length = matched;
    while (length > 0 && wanted.charCodeAt(this.#first + this.#step * length) !== unit) {
      length = this.#borders[length - 1] as number;
    }
    return wanted.charCodeAt(this.#first + this.#step * length) === unit ? length + 1 : length;
  }
}
