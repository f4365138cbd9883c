import type {Realm} from '../runtime/realm.ts';
import {isReference, toKey} from '../values/convert.ts';
import {functionTable, NativeFunction} from '../values/function.ts';
import {listItems} from '../values/iterate.ts';
import {copyProperties, ownEntries} from '../values/own-properties.ts';
import {getElement, hasOwn, ownKeys, setProperty} from '../values/property.ts';
import {GuestError, GuestObject, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';

function checkPresent(realm: Realm, value: Value): void {
  if (value === undefined || value === null) {
    realm.raise('TypeError', 'Cannot convert undefined or null to object');
  }
}

function keys(realm: Realm, [value]: Value[]): Value {
  checkPresent(realm, value);
  return ownKeys(realm, value);
}

function values(realm: Realm, [value]: Value[]): Value {
  checkPresent(realm, value);
  return ownEntries(realm, value).map(([, item]) => item);
}

function entries(realm: Realm, [value]: Value[]): Value {
  checkPresent(realm, value);
  return ownEntries(realm, value);
}

function assign(realm: Realm, [target, ...sources]: Value[]): Value {
  checkPresent(realm, target);
  if (!(target instanceof GuestObject) && !Array.isArray(target)) {
    return realm.raise('TypeError', 'Object.assign needs an object or an array as its target');
  }
  for (const source of sources) copyProperties(realm, source, target);
  return target;
}

function fromEntries(realm: Realm, [iterable]: Value[]): Value {
  const object = new GuestObject();
  for (const entry of listItems(realm, iterable, realm.position)) {
    realm.meter.charge(10);
    if (!isReference(entry))
      return realm.raise('TypeError', `Iterator value ${String(entry)} is not an entry object`);
    const key = toKey(realm, getElement(realm, entry, 0, realm.position));
    setProperty(realm, object, key, getElement(realm, entry, 1, realm.position), realm.position);
  }
  return object;
}

function groupBy(realm: Realm, [iterable, group]: Value[]): Value {
  const code = callback(realm, group);
  const object = new GuestObject();
  listItems(realm, iterable, realm.position).forEach((item, index) => {
    realm.meter.charge(6);
    const key = toKey(realm, code.call(realm, [item, index]));
    const members = object.properties.get(key);
    if (Array.isArray(members)) members.push(item);
    else setProperty(realm, object, key, [item], realm.position);
  });
  return object;
}

function hasOwnKey(realm: Realm, [value, key]: Value[]): boolean {
  checkPresent(realm, value);
  return hasOwn(value, toKey(realm, key));
}

function freeze(realm: Realm, [value]: Value[]): Value {
  if (!isReference(value)) return value;
  realm.frozen ??= new WeakSet();
  if (Array.isArray(value) || value instanceof GuestObject) realm.frozen.add(value);
  return value;
}

function create(realm: Realm, [prototype]: Value[]): Value {
  if (prototype === null) return new GuestObject();
  return realm.raise(
    'TypeError',
    'Object.create only takes null: objects have no prototypes here. Use {...object}.',
  );
}

function construct(realm: Realm, [value]: Value[]): Value {
  if (value === undefined || value === null) return new GuestObject();
  return isReference(value)
    ? value
    : realm.raise('TypeError', 'There are no wrapper objects for primitive values');
}

function getOwnPropertyNames(realm: Realm, [value]: Value[]): Value {
  checkPresent(realm, value);
  const names = ownKeys(realm, value);
  const hidden = value instanceof GuestError ? [...value.hidden.keys()] : [];
  return Array.isArray(value) || typeof value === 'string' ? [...names, 'length'] : [...hidden, ...names];
}

/** `Object`, without what would need prototypes or property descriptors. */
export const objectConstructor = new NativeFunction('Object', 1, construct, {
  construct,
  isInstance: isReference,
  members: functionTable([
    ['keys', 1, keys],
    ['values', 1, values],
    ['entries', 1, entries],
    ['assign', 2, assign],
    ['fromEntries', 1, fromEntries],
    ['groupBy', 2, groupBy],
    ['freeze', 1, freeze],
    ['isFrozen', 1, (realm, [value]) => !isReference(value) || (realm.frozen?.has(value) ?? false)],
    ['hasOwn', 2, hasOwnKey],
    ['is', 2, (_realm, [left, right]) => Object.is(left, right)],
    ['create', 1, create],
    ['getOwnPropertyNames', 1, getOwnPropertyNames],
  ]),
});
