import type {Realm} from '../runtime/realm.ts';
import {typeOf} from './convert.ts';
import {chargeOpening} from './keyed.ts';
import {GuestSearchParams} from './url.ts';
import {GuestIterator, GuestMap, GuestSet, type Value} from './value.ts';

/** What `next` gives when there is nothing more. */
export const exhausted = Object.freeze({exhausted: true});
export type Next = () => Value | typeof exhausted;

const {isArray} = Array;

/** Starts to iterate a value as `for…of`, spread and destructuring do. */
export function openIterator(realm: Realm, value: Value, start: number | undefined): Next {
  if (isArray(value)) return overArray(value);
  if (typeof value === 'string') realm.meter.chargeReading(value);
  const source = hostIterator(realm, value);
  if (!source) return realm.raise('TypeError', `${nameOf(value)} is not iterable`, start);
  return () => {
    const step = source.next();
    return step.done ? exhausted : step.value;
  };
}

function overArray(array: Value[]): Next {
  let index = 0;
  return () => (index < array.length ? array[index++] : exhausted);
}

function hostIterator(realm: Realm, value: Value): Iterator<Value> | undefined {
  if (typeof value === 'string') return value[Symbol.iterator]();
  if (value instanceof GuestMap || value instanceof GuestSet) {
    chargeOpening(realm, value);
    return value instanceof GuestMap ? pairs(realm, value.entries) : value.members.values();
  }
  if (value instanceof GuestIterator) return value.source;
  if (value instanceof GuestSearchParams) return pairs(realm, value.params);
  return undefined;
}

/** Entries of a host collection, each as an array of the guest. */
export function* pairs(realm: Realm, entries: Iterable<[Value, Value]>): Generator<Value[], undefined> {
  for (const [key, value] of entries) {
    realm.meter.charge(3);
    yield [key, value];
  }
}

/** An iterator for the program, over one of the host. */
export function makeIterator(realm: Realm, source: Iterator<Value>, depth = 0): GuestIterator {
  realm.meter.chargeObject(8);
  return new GuestIterator(source, depth);
}

/** All items of an iterable, charged one by one. */
export function listItems(realm: Realm, value: Value, start: number | undefined): Value[] {
  if (isArray(value)) {
    realm.meter.chargeElements(value.length);
    return Array.from(value);
  }
  const next = openIterator(realm, value, start);
  const items: Value[] = [];
  for (let item = next(); item !== exhausted; item = next()) {
    items.push(item as Value);
    realm.meter.charge(3);
    realm.meter.checkLength(items.length);
  }
  return items;
}

function nameOf(value: Value): string {
  return value === undefined || value === null ? String(value) : `A value of type ${typeOf(value)}`;
}
