import {setUrlProperty} from '../builtins/url.ts';
import {GuestRegExp} from '../regexp/guest-regexp.ts';
import type {Realm} from '../runtime/realm.ts';
import {isReference, toInteger, toKey} from './convert.ts';
import {GuestFunction, GuestMethod, NativeFunction} from './function.ts';
import {GuestUrl} from './url.ts';
import {GuestEntity, GuestError, GuestObject, Namespace, type Value} from './value.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const {isArray} = Array;
const {hasOwn: hasOwnOfHost, keys: keysOfHost} = Object;

/** Steps for the room that a new property takes. */
const stepsPerProperty = 2;

/** Whether a key is an array index in its canonical form. */
export function isIndexKey(key: string): boolean {
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57) || key.length > 10) return false;
  const index = +key;
  return index >>> 0 === index && index < 4294967295 && `${index}` === key;
}

/** `object.name`. Methods of built-in types come out unbound; see `GuestMethod`. */
export function getProperty(realm: Realm, object: Value, key: string, start: number): Value {
  if (object instanceof GuestObject) {
    const value = object.properties.get(key);
    if (value !== undefined || object.properties.has(key)) return value;
    if (object instanceof GuestError && object.hidden.has(key)) return object.hidden.get(key);
    return realm.memberOf(object, key);
  }
  if (object === undefined || object === null) {
    return realm.raise('TypeError', `Cannot read properties of ${object} (reading '${key}')`, start);
  }
  return getBuiltInProperty(realm, object, key);
}

function getBuiltInProperty(realm: Realm, object: Exclude<Value, undefined | null>, key: string): Value {
  if (typeof object === 'string') {
    if (key === 'length') return object.length;
    if (!isIndexKey(key)) return realm.memberOf(object, key);
    realm.meter.chargeReading(object);
    return object[+key];
  }
  if (isArray(object)) {
    if (key === 'length') return object.length;
    return hasOwnOfHost(object, key)
      ? (object[key as unknown as number] as Value)
      : realm.memberOf(object, key);
  }
  if (object instanceof NativeFunction) {
    const member = object.extras.members?.get(key);
    if (member !== undefined) return member;
  }
  if (object instanceof GuestFunction) {
    if (key === 'name') return object.name;
    if (key === 'length') return object.length;
  }
  if (object instanceof Namespace) return object.members.get(key);
  return realm.memberOf(object, key);
}

/** `object[key]` with a key of any type. */
export function getElement(realm: Realm, object: Value, key: Value, start: number): Value {
  if (typeof key === 'number') {
    if (isArray(object) && key < object.length && key >>> 0 === key) return object[key];
    if (typeof object === 'string' && key >>> 0 === key) {
      realm.meter.chargeReading(object);
      return object[key];
    }
  }
  if (object === undefined || object === null) {
    const shown = isReference(key) ? 'a property' : `'${String(key)}'`;
    return realm.raise('TypeError', `Cannot read properties of ${object} (reading ${shown})`, start);
  }
  const name = toKey(realm, key);
  realm.meter.charge(2 + (name.length >> 3));
  return getProperty(realm, object, name, start);
}

/** `object.name = value`. */
export function setProperty(realm: Realm, object: Value, key: string, value: Value, start: number): void {
  if (object instanceof GuestObject) {
    setOwn(realm, object, key, value, start);
    return;
  }
  if (isArray(object)) {
    setOnArray(realm, object, key, value, start);
    return;
  }
  if (object instanceof GuestRegExp && key === 'lastIndex') {
    object.lastIndex = toInteger(realm, value);
    return;
  }
  if (object instanceof GuestUrl) {
    setUrlProperty(realm, object, key, value);
    return;
  }
  if (object === undefined || object === null) {
    realm.raise('TypeError', `Cannot set properties of ${object} (setting '${key}')`, start);
  }
  const type = object instanceof GuestEntity ? object.className : typeof object;
  realm.raise('TypeError', `Cannot set property '${key}' of a ${type}`, start);
}

function setOwn(realm: Realm, object: GuestObject, key: string, value: Value, start: number): void {
  if (realm.frozen !== undefined) checkNotFrozen(realm, object, key, start);
  const {properties} = object;
  if (object instanceof GuestError && object.hidden.has(key)) {
    object.hidden.set(key, value);
    return;
  }
  const size = properties.size;
  properties.set(key, value);
  if (properties.size !== size) {
    realm.meter.charge(stepsPerProperty);
    if (isIndexKey(key)) object.hasIndexKeys = true;
    if (size >= 1024) realm.meter.checkLength(size + 1);
  }
}

/** `object[key] = value` with a key of any type. */
export function setElement(realm: Realm, object: Value, key: Value, value: Value, start: number): void {
  if (typeof key === 'number' && isArray(object) && key < object.length && key >>> 0 === key) {
    if (realm.frozen !== undefined) checkNotFrozen(realm, object, String(key), start);
    object[key] = value;
    return;
  }
  if (object === undefined || object === null) setProperty(realm, object, String(key), value, start);
  const name = toKey(realm, key);
  realm.meter.charge(2 + (name.length >> 3));
  setProperty(realm, object, name, value, start);
}

function setOnArray(realm: Realm, array: Value[], key: string, value: Value, start: number): void {
  if (realm.frozen !== undefined) checkNotFrozen(realm, array, key, start);
  if (isIndexKey(key)) {
    const index = Number(key);
    if (index >= array.length) {
      realm.meter.checkLength(index + 1);
      realm.meter.chargeElements(index - array.length);
    }
    array[index] = value;
    return;
  }
  if (key !== 'length') {
    realm.raise('TypeError', `An array has only elements and a length: cannot set '${key}'`, start);
  }
  setLength(realm, array, value, start);
}

function setLength(realm: Realm, array: Value[], value: Value, start: number): void {
  if (typeof value !== 'number' || value < 0 || !Number.isInteger(value)) {
    realm.raise('RangeError', 'Invalid array length', start);
  }
  realm.meter.checkLength(value);
  realm.meter.chargeElements(value);
  array.length = value;
}

export function checkNotFrozen(realm: Realm, object: Value, key: string, start?: number): void {
  if (!realm.frozen?.has(object as object)) return;
  const type = isArray(object) ? '[object Array]' : '#<Object>';
  realm.raise('TypeError', `Cannot assign to read only property '${key}' of object '${type}'`, start);
}

/** `delete object[key]`. */
export function deleteProperty(realm: Realm, object: Value, key: string, start: number): boolean {
  if (object === undefined || object === null) {
    realm.raise('TypeError', 'Cannot convert undefined or null to object', start);
  }
  if (realm.frozen?.has(object as object)) {
    realm.raise('TypeError', `Cannot delete property '${key}' of #<Object>`, start);
  }
  if (object instanceof GuestError) object.hidden.delete(key);
  if (object instanceof GuestObject) object.properties.delete(key);
  if (isArray(object)) {
    if (key === 'length')
      realm.raise('TypeError', "Cannot delete property 'length' of [object Array]", start);
    if (isIndexKey(key)) delete object[Number(key)];
  }
  return true;
}

/** `key in object`. */
export function hasProperty(realm: Realm, object: Value, key: string, start: number): boolean {
  if (!isReference(object)) {
    return realm.raise(
      'TypeError',
      `Cannot use 'in' operator to search for '${key}' in ${String(object)}`,
      start,
    );
  }
  return hasOwn(object, key) || getProperty(realm, object, key, start) !== undefined;
}

/** `Object.hasOwn`. */
export function hasOwn(object: Value, key: string): boolean {
  if (object instanceof GuestError && object.hidden.has(key)) return true;
  if (object instanceof GuestObject) return object.properties.has(key);
  if (isArray(object)) return hasOwnOfHost(object, key);
  if (typeof object === 'string') return key === 'length' || (isIndexKey(key) && Number(key) < object.length);
  if (object instanceof GuestMethod) return false;
  if (object instanceof NativeFunction) return object.extras.members?.has(key) ?? false;
  return object instanceof Namespace && object.members.has(key);
}

/** The own keys that are listed: index keys in ascending order, then the others as they were added. */
export function ownKeys(realm: Realm, object: Value): string[] {
  if (isArray(object) || typeof object === 'string') {
    realm.meter.charge(3 * object.length);
    return keysOfHost(object).filter(isIndexKey);
  }
  if (!(object instanceof GuestObject)) return [];
  realm.meter.charge((object.hasIndexKeys ? 6 : 1) * object.properties.size);
  const keys = [...object.properties.keys()];
  if (!object.hasIndexKeys) return keys;
  const indexes = keys.filter(isIndexKey).sort((left, right) => Number(left) - Number(right));
  return [...indexes, ...keys.filter((key) => !isIndexKey(key))];
}
