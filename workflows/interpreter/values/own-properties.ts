import type {Realm} from '../runtime/realm.ts';
import {getProperty, hasOwn, ownKeys, setProperty} from './property.ts';
import type {GuestObject, Value} from './value.ts';

/** Copies the own listed properties of any value to an object, as spread and `Object.assign` do. */
export function copyProperties(
  realm: Realm,
  from: Value,
  to: GuestObject | Value[],
  except: ReadonlySet<string> = new Set(),
): void {
  const keys = ownKeys(realm, from);
  realm.meter.charge(12 * keys.length);
  for (const key of keys) {
    if (!except.has(key))
      setProperty(realm, to, key, getProperty(realm, from, key, realm.position), realm.position);
  }
}

/** The own listed entries of a value, in the order of its keys. */
export function ownEntries(realm: Realm, value: Value): [string, Value][] {
  const keys = ownKeys(realm, value);
  realm.meter.charge(8 * keys.length);
  return keys
    .filter((key) => hasOwn(value, key))
    .map((key) => [key, getProperty(realm, value, key, realm.position)]);
}
