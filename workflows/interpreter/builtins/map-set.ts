import type {Realm} from '../runtime/realm.ts';
import {isReference} from '../values/convert.ts';
import {functionTable, methodTable, NativeFunction} from '../values/function.ts';
import {listItems, makeIterator, pairs} from '../values/iterate.ts';
import {
  chargeKey,
  chargeOpening,
  clearKeys,
  type Keyed,
  putEntry,
  putMember,
  removeKey,
} from '../values/keyed.ts';
import {getElement} from '../values/property.ts';
import {type GuestIterator, GuestMap, GuestSet, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';

function lookedUp(realm: Realm, keyed: Keyed, key: Value): Value {
  chargeKey(realm, keyed, key);
  return key;
}

function setEntry(realm: Realm, map: GuestMap, key: Value, value: Value): GuestMap {
  putEntry(realm, map, key, value);
  return map;
}

function addMember(realm: Realm, set: GuestSet, member: Value): GuestSet {
  putMember(realm, set, member);
  return set;
}

/** An iterator over a Map or Set. */
function iterator(realm: Realm, keyed: Keyed, source: Iterator<Value>): GuestIterator {
  chargeOpening(realm, keyed);
  return makeIterator(realm, source);
}

function forEachEntry(
  realm: Realm,
  entries: Iterable<[Value, Value]>,
  visitor: Value,
  whole: Keyed,
): undefined {
  const code = callback(realm, visitor);
  chargeOpening(realm, whole);
  for (const [key, value] of entries) {
    realm.meter.charge(1);
    code.call(realm, [value, key, whole]);
  }
}

export const mapMethods = methodTable<GuestMap>([
  ['get', 1, (realm, map, [key]) => map.entries.get(lookedUp(realm, map, key))],
  ['set', 2, (realm, map, [key, value]) => setEntry(realm, map, key, value)],
  ['has', 1, (realm, map, [key]) => map.entries.has(lookedUp(realm, map, key))],
  ['delete', 1, (realm, map, [key]) => removeKey(realm, map, key)],
  ['clear', 0, (_realm, map) => clearKeys(map)],
  ['forEach', 1, (realm, map, [visitor]) => forEachEntry(realm, map.entries, visitor, map)],
  ['entries', 0, (realm, map) => iterator(realm, map, pairs(realm, map.entries))],
  ['keys', 0, (realm, map) => iterator(realm, map, map.entries.keys())],
  ['values', 0, (realm, map) => iterator(realm, map, map.entries.values())],
]);

function groupBy(realm: Realm, [iterable, group]: Value[]): GuestMap {
  const code = callback(realm, group);
  const map = new GuestMap();
  listItems(realm, iterable, realm.position).forEach((item, index) => {
    realm.meter.charge(6);
    const key = code.call(realm, [item, index]);
    const members = map.entries.get(lookedUp(realm, map, key));
    if (Array.isArray(members)) members.push(item);
    else setEntry(realm, map, key, [item]);
  });
  return map;
}

function constructMap(realm: Realm, [iterable]: Value[]): GuestMap {
  realm.meter.chargeObject();
  const map = new GuestMap();
  if (iterable === undefined || iterable === null) return map;
  for (const entry of listItems(realm, iterable, realm.position)) {
    if (!isReference(entry))
      return realm.raise('TypeError', `Iterator value ${String(entry)} is not an entry object`);
    const key = getElement(realm, entry, 0, realm.position);
    setEntry(realm, map, key, getElement(realm, entry, 1, realm.position));
  }
  return map;
}

export const mapConstructor = new NativeFunction(
  'Map',
  0,
  (realm) => realm.raise('TypeError', "Constructor Map requires 'new'"),
  {
    construct: constructMap,
    isInstance: (value) => value instanceof GuestMap,
    members: functionTable([['groupBy', 2, groupBy]]),
  },
);

/** The other operand of a set operation. */
function otherOperand(realm: Realm, other: Value): Keyed {
  if (other instanceof GuestSet || other instanceof GuestMap) return other;
  return realm.raise('TypeError', 'The argument must be a Set or a Map');
}

function membersOf(keyed: Keyed): Set<Value> {
  return keyed instanceof GuestSet ? keyed.members : new Set(keyed.entries.keys());
}

function chargeOperation({meter}: Realm, mine: Keyed, other: Keyed): void {
  const size = sizeOf(mine) + sizeOf(other);
  const perMember = 4 + (mine.numbers?.mostSteps ?? 0) + (other.numbers?.mostSteps ?? 0);
  meter.charge(size * perMember);
}

function sizeOf(keyed: Keyed): number {
  return keyed instanceof GuestSet ? keyed.members.size : keyed.entries.size;
}

type SetOperation = (mine: Set<Value>, other: Set<Value>) => Set<Value> | boolean;

function operation(name: string, operate: SetOperation) {
  return [
    name,
    1,
    (realm: Realm, set: GuestSet, [other]: Value[]): Value => {
      const operand = otherOperand(realm, other);
      chargeOperation(realm, set, operand);
      const result = operate(set.members, membersOf(operand));
      if (typeof result === 'boolean') return result;
      const made = new GuestSet();
      for (const member of result) putMember(realm, made, member);
      return made;
    },
  ] as const;
}

const difference = (mine: Set<Value>, other: Set<Value>) =>
  new Set([...mine].filter((item) => !other.has(item)));
const intersection = (mine: Set<Value>, other: Set<Value>) => {
  return mine.size <= other.size
    ? new Set([...mine].filter((item) => other.has(item)))
    : new Set([...other].filter((item) => mine.has(item)));
};

export const setMethods = methodTable<GuestSet>([
  ['add', 1, (realm, set, [member]) => addMember(realm, set, member)],
  ['has', 1, (realm, set, [member]) => set.members.has(lookedUp(realm, set, member))],
  ['delete', 1, (realm, set, [member]) => removeKey(realm, set, member)],
  ['clear', 0, (_realm, set) => clearKeys(set)],
  ['forEach', 1, (realm, set, [visitor]) => forEachEntry(realm, set.members.entries(), visitor, set)],
  ['entries', 0, (realm, set) => iterator(realm, set, pairs(realm, set.members.entries()))],
  ['keys', 0, (realm, set) => iterator(realm, set, set.members.values())],
  ['values', 0, (realm, set) => iterator(realm, set, set.members.values())],
  operation('union', (mine, other) => new Set([...mine, ...other])),
  operation('intersection', intersection),
  operation('difference', difference),
  operation(
    'symmetricDifference',
    (mine, other) => new Set([...difference(mine, other), ...difference(other, mine)]),
  ),
  operation('isSubsetOf', (mine, other) => difference(mine, other).size === 0),
  operation('isSupersetOf', (mine, other) => difference(other, mine).size === 0),
  operation('isDisjointFrom', (mine, other) => intersection(mine, other).size === 0),
]);

function constructSet(realm: Realm, [iterable]: Value[]): GuestSet {
  realm.meter.chargeObject();
  const set = new GuestSet();
  if (iterable === undefined || iterable === null) return set;
  for (const member of listItems(realm, iterable, realm.position)) addMember(realm, set, member);
  return set;
}

export const setConstructor = new NativeFunction(
  'Set',
  0,
  (realm) => realm.raise('TypeError', "Constructor Set requires 'new'"),
  {construct: constructSet, isInstance: (value) => value instanceof GuestSet},
);
