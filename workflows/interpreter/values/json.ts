import type {ProgramJson} from '../program.ts';
import {GuestPromise} from '../runtime/promise.ts';
import type {Realm} from '../runtime/realm.ts';
import {toText} from './convert.ts';
import {GuestDate, isoText} from './date.ts';
import {GuestFunction} from './function.ts';
import {pairs} from './iterate.ts';
import {isIndexKey} from './property.ts';
import {GuestSearchParams, GuestUrl} from './url.ts';
import {GuestError, GuestMap, GuestObject, GuestSet, type Value} from './value.ts';

/** Data nested deeper than this neither enters nor leaves a program: the host's stack must not depend on data. */
export const dataDepth = 200;

const {isArray} = Array;
const {keys} = Object;

/** A value can't leave the program: it isn't plain data. Thrown inside the interpreter only. */
export class NotPlainData {
  readonly message: string;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    this.message = message;
    this.hint = hint;
  }
}

/** Copies JSON of the host into values of the program. */
export function fromJson(realm: Realm, json: ProgramJson, depth = 0): Value {
  if (typeof json === 'string') {
    realm.meter.chargeText(json.length);
    realm.meter.charge(3);
    return json;
  }
  if (typeof json !== 'object' || json === null) return json;
  if (depth > dataDepth)
    return realm.raise('RangeError', `The data is nested deeper than ${dataDepth} levels`);
  if (isArray(json)) {
    realm.meter.charge(2 * json.length + 2);
    return json.map((item) => fromJson(realm, item, depth + 1));
  }
  const object = new GuestObject();
  const names = keys(json);
  realm.meter.chargeObject(6 * names.length);
  for (const name of names) {
    object.properties.set(name, fromJson(realm, json[name] as ProgramJson, depth + 1));
    if (isIndexKey(name)) object.hasIndexKeys = true;
  }
  return object;
}

/**
 * Copies a value of the program into JSON of the host. Undefined becomes null, or is left out where it is a property; NaN
 * and the infinities become null; a Map becomes a list of its entries as pairs, a Set a list; an Error becomes its name, message and own properties.
 *
 * @param path what the value is called in messages
 * @throws NotPlainData for functions, promises, cycles, other built-in objects and data nested too deep
 */
export function toJson(realm: Realm, value: Value, path: string): ProgramJson {
  return new JsonWriter(realm).write(value, path);
}

class JsonWriter {
  readonly #realm: Realm;
  /** The objects that the present one is in. */
  readonly #outer: Value[] = [];

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  write(value: Value, path: string): ProgramJson {
    switch (typeof value) {
      case 'undefined':
        return null;
      case 'number':
        // JSON knows no -0 either.
        return Number.isFinite(value) ? value + 0 : null;
      case 'string':
        this.#realm.meter.chargeText(value.length);
        return value;
      case 'boolean':
        return value;
    }
    if (value === null) return null;
    if (this.#outer.includes(value))
      throw new NotPlainData(`${path} contains itself`, 'Return a copy without the cycle.');
    if (this.#outer.length >= dataDepth) {
      throw new NotPlainData(`${path} is nested deeper than ${dataDepth} levels`);
    }
    this.#outer.push(value);
    const json = this.#writeReference(value, path);
    this.#outer.pop();
    return json;
  }

  #writeReference(
    value: Exclude<Value, undefined | null | boolean | number | string>,
    path: string,
  ): ProgramJson {
    if (isArray(value)) return this.#writeList(value, path);
    if (value instanceof GuestError) return this.#writeEntries(errorEntries(value), path);
    if (value instanceof GuestObject) return this.#writeEntries(value.properties, path);
    if (value instanceof GuestSet) return this.#writeList([...value.members], path);
    if (value instanceof GuestMap) {
      this.#realm.meter.charge(4 * value.entries.size);
      return this.#writeList([...pairs(this.#realm, value.entries)], path);
    }
    if (value instanceof GuestDate) return isoText(value) ?? null;
    if (value instanceof GuestUrl || value instanceof GuestSearchParams)
      return this.write(toText(this.#realm, value), path);
    throw notPlain(value, path);
  }

  #writeList(list: Value[], path: string): ProgramJson[] {
    this.#realm.meter.charge(2 * list.length + 2);
    return Array.from(list, (item, index) => this.write(item, `${path}[${index}]`));
  }

  #writeEntries(entries: ReadonlyMap<string, Value>, path: string): ProgramJson {
    this.#realm.meter.chargeObject(6 * entries.size);
    const json: {[key: string]: ProgramJson} = {};
    for (const [key, value] of entries) {
      if (value === undefined) continue;
      const written = this.write(value, `${path}.${key}`);
      if (key === '__proto__') Object.defineProperty(json, key, {value: written, enumerable: true});
      else json[key] = written;
    }
    return json;
  }
}

function errorEntries(error: GuestError): ReadonlyMap<string, Value> {
  return new Map([...error.hidden, ...error.properties]);
}

function notPlain(value: Value, path: string): NotPlainData {
  if (value instanceof GuestPromise)
    return new NotPlainData(`${path} is a promise`, 'Put `await` in front of the call.');
  if (value instanceof GuestFunction) {
    return new NotPlainData(
      `${path} is a function`,
      'Only plain data leaves a program: call it, or leave it out.',
    );
  }
  return new NotPlainData(`${path} is not plain data`, 'Turn it into an array or object first.');
}
