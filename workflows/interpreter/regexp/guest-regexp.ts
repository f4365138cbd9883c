import type {Realm} from '../runtime/realm.ts';
import {GuestEntity, GuestObject, type Value} from '../values/value.ts';
import {Engine, type Match} from './engine.ts';
import {PatternRefused} from './translate.ts';

const {floor} = Math;

// What one search costs, and how many instructions of the pattern a character of text meets for one step.
const stepsPerMatch = 30;
const instructionsPerStep = 4;

/** A regular expression of the program. */
export class GuestRegExp extends GuestEntity {
  readonly className = 'RegExp';
  readonly source: string;
  readonly flags: string;
  /** Where `exec` and `test` of a global expression go on. */
  lastIndex = 0;
  readonly #engine: Engine;

  constructor(source: string, flags: string, engine: Engine) {
    super();
    this.source = source;
    this.flags = flags;
    this.#engine = engine;
  }

  /** @throws PatternRefused */
  static compile(source: string, flags: string): GuestRegExp {
    checkFlags(flags);
    return new GuestRegExp(source || '(?:)', [...flags].sort().join(''), new Engine(source, flags));
  }

  /** Another expression of the same pattern and flags, with a position of its own. */
  copy(): GuestRegExp {
    return new GuestRegExp(this.source, this.flags, this.#engine);
  }

  /** Instructions of the compiled pattern. */
  get size(): number {
    return this.#engine.size;
  }

  get global(): boolean {
    return this.flags.includes('g');
  }

  /** The first match from a position on, charged by what the engine has to look at. */
  find(realm: Realm, text: string, from: number): Match | undefined {
    if (from > text.length) return undefined;
    const match = this.#engine.find(text, from);
    const scanned = this.#engine.scanned(text, from, match);
    realm.meter.charge(stepsPerMatch + floor(scanned * (2 + this.#engine.size / instructionsPerStep)));
    return match;
  }

  /** All matches, one after the other; an empty one moves on by one character. */
  *findAll(realm: Realm, text: string, from = 0): Generator<Match, undefined> {
    let at = from;
    for (let match = this.find(realm, text, at); match; match = this.find(realm, text, at)) {
      yield match;
      at = match.end > match.start ? match.end : match.end + 1;
    }
  }

  /** The named groups of a match; undefined where the expression has none. */
  groupsOf(match: Match): GuestObject | undefined {
    const {groupNames} = this.#engine;
    if (groupNames.size === 0) return undefined;
    const groups = new GuestObject();
    for (const [name, index] of groupNames) groups.properties.set(name, match.groups[index]);
    return groups;
  }

  /** The array that `exec` gives for a match. */
  matchArray(text: string, match: Match): Value[] {
    const array: Value[] = [...match.groups];
    return Object.assign(array, {index: match.start, input: text, groups: this.groupsOf(match)});
  }
}

function checkFlags(flags: string): void {
  if (/[yvd]/.test(flags))
    throw new PatternRefused(`The flags y, v and d are not supported`, 'Use only g, i, m, s and u.');
  if (/[^gimsu]/.test(flags) || new Set(flags).size < flags.length) {
    throw new PatternRefused(`Invalid flags supplied to RegExp constructor '${flags}'`);
  }
}
