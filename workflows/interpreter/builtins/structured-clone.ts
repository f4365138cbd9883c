import type {Realm} from '../runtime/realm.ts';
import {isReference} from '../values/convert.ts';
import {GuestDate} from '../values/date.ts';
import {NativeFunction} from '../values/function.ts';
import {dataDepth} from '../values/json.ts';
import {putEntry, putMember} from '../values/keyed.ts';
import {copyProperties} from '../values/own-properties.ts';
import {GuestError, GuestMap, GuestObject, GuestSet, type Value} from '../values/value.ts';

/** `structuredClone`: a deep copy of data, in which what was shared or cyclic still is. */
export const structuredCloneFunction = new NativeFunction('structuredClone', 1, (realm, [value]) => {
  return new Cloner(realm).clone(value, 0);
});

/** Steps for the second table that an error has. */
const stepsPerError = 14;

class Cloner {
  readonly #realm: Realm;
  readonly #clones = new Map<Value, Value>();

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  clone(value: Value, depth: number): Value {
    if (!isReference(value)) return value;
    const known = this.#clones.get(value);
    if (known !== undefined) return known;
    if (depth > dataDepth)
      this.#realm.raise('RangeError', `The data is nested deeper than ${dataDepth} levels`);
    if (Array.isArray(value)) return this.#cloneArray(value, depth);
    if (value instanceof GuestObject) return this.#cloneObject(value, depth);
    if (value instanceof GuestMap) return this.#cloneMap(value, depth);
    if (value instanceof GuestSet) return this.#cloneSet(value, depth);
    if (value instanceof GuestDate) return this.#cloneDate(value);
    return this.#realm.raise('DataCloneError', `A ${value.className} could not be cloned`);
  }

  #cloneArray(array: Value[], depth: number): Value[] {
    this.#realm.meter.charge(2 * array.length + 6);
    const copy: Value[] = [];
    this.#clones.set(array, copy);
    copy.length = array.length;
    for (let index = 0; index < array.length; index++) {
      if (index in array) copy[index] = this.clone(array[index], depth + 1);
    }
    return copy;
  }

  #cloneObject(object: GuestObject, depth: number): GuestObject {
    const copy =
      object instanceof GuestError ? new GuestError(object.type, '', object.start) : new GuestObject();
    this.#realm.meter.chargeObject(object instanceof GuestError ? stepsPerError : 0);
    this.#clones.set(object, copy);
    if (object instanceof GuestError && copy instanceof GuestError) {
      for (const [key, value] of object.hidden) copy.hidden.set(key, this.clone(value, depth + 1));
    } else {
      copyProperties(this.#realm, object, copy);
      for (const [key, value] of copy.properties) copy.properties.set(key, this.clone(value, depth + 1));
    }
    return copy;
  }

  #cloneDate(date: GuestDate): GuestDate {
    this.#realm.meter.chargeObject();
    const copy = new GuestDate(date.time);
    this.#clones.set(date, copy);
    return copy;
  }

  #cloneMap(map: GuestMap, depth: number): GuestMap {
    this.#realm.meter.chargeObject(2 * map.entries.size);
    const copy = new GuestMap();
    this.#clones.set(map, copy);
    for (const [key, value] of map.entries) {
      putEntry(this.#realm, copy, this.clone(key, depth + 1), this.clone(value, depth + 1));
    }
    return copy;
  }

  #cloneSet(set: GuestSet, depth: number): GuestSet {
    this.#realm.meter.chargeObject(2 * set.members.size);
    const copy = new GuestSet();
    this.#clones.set(set, copy);
    for (const member of set.members) putMember(this.#realm, copy, this.clone(member, depth + 1));
    return copy;
  }
}
