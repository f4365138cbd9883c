import type {Realm} from '../runtime/realm.ts';
import {NumberKeys} from './number-keys.ts';
import {type GuestMap, GuestSet, type Value} from './value.ts';

const {min} = Math;

/** Steps for the room that an entry takes, and for moving it when its table grows. */
const stepsPerEntry = 3;
/** From this size on it is looked at how number keys collide. */
const largeSize = 512;
const skippedPerStep = 128;

/** A Map or Set of the program. */
export type Keyed = GuestMap | GuestSet;

function tableOf(keyed: Keyed): Map<Value, Value> | Set<Value> {
  return keyed instanceof GuestSet ? keyed.members : keyed.entries;
}

/** Pays for looking up a key: a text has to be read for it. */
export function chargeKey(realm: Realm, keyed: Keyed, key: Value): void {
  const {meter} = realm;
  if (typeof key === 'string') meter.chargeText(key.length);
  meter.charge(2 + (keyed.numbers?.stepsFor(key) ?? 0));
}

/** Sets an entry of a Map. */
export function putEntry(realm: Realm, map: GuestMap, key: Value, value: Value): void {
  const {entries} = map;
  const {size} = entries;
  realm.meter.checkLength(size + 1);
  chargeKey(realm, map, key);
  entries.set(key, value);
  if (entries.size > size) added(realm, map, key);
}

/** Adds a member to a Set. */
export function putMember(realm: Realm, set: GuestSet, member: Value): void {
  const {members} = set;
  const {size} = members;
  realm.meter.checkLength(size + 1);
  chargeKey(realm, set, member);
  members.add(member);
  if (members.size > size) added(realm, set, member);
}

function added(realm: Realm, keyed: Keyed, key: Value): void {
  realm.meter.charge(stepsPerEntry);
  if (keyed.numbers) keyed.numbers.count(key, 1);
  else if (tableOf(keyed).size === largeSize) keyed.numbers = new NumberKeys(tableOf(keyed).keys());
}

/** Deletes a key; true where it was there. */
export function removeKey(realm: Realm, keyed: Keyed, key: Value): boolean {
  chargeKey(realm, keyed, key);
  const removed = tableOf(keyed).delete(key);
  if (!removed) return false;
  keyed.removed += 1;
  keyed.numbers?.count(key, -1);
  return true;
}

export function clearKeys(keyed: Keyed): undefined {
  tableOf(keyed).clear();
  keyed.removed = 0;
  keyed.numbers = undefined;
}

/** Pays for beginning to iterate: the host leaves gaps where entries were deleted, and walks over them from the start. */
export function chargeOpening(realm: Realm, keyed: Keyed): void {
  const {size} = tableOf(keyed);
  // It closes the gaps when three quarters of its table are such.
  realm.meter.charge(((size + min(keyed.removed, 4 * size + 4)) / skippedPerStep) | 0);
}
