import type {Realm} from '../runtime/realm.ts';
import {isReference} from '../values/convert.ts';
import {GuestDate, isoText} from '../values/date.ts';
import {GuestFunction} from '../values/function.ts';
import {dataDepth} from '../values/json.ts';
import {ownEntries} from '../values/own-properties.ts';
import {getProperty} from '../values/property.ts';
import {GuestUrl} from '../values/url.ts';
import {GuestObject, type Value} from '../values/value.ts';

const {stringify} = JSON;

/** `JSON.stringify`, on values of the program. */
export function stringifyValue(realm: Realm, value: Value, replacer: Value, space: Value): Value {
  const writer = new JsonText(realm, replacer, indentOf(space));
  const text = writer.write('', value, '', 0);
  if (text !== undefined) realm.meter.chargeText(text.length);
  return text;
}

function indentOf(space: Value): string {
  if (typeof space === 'number') return ' '.repeat(Math.min(Math.max(Math.trunc(space) || 0, 0), 10));
  return typeof space === 'string' ? space.slice(0, 10) : '';
}

function isKey(item: Value): item is string | number {
  return typeof item === 'string' || typeof item === 'number';
}

class JsonText {
  readonly #realm: Realm;
  readonly #replace: GuestFunction | undefined;
  readonly #only: Set<string> | undefined;
  readonly #indent: string;
  readonly #outer: Value[] = [];

  constructor(realm: Realm, replacer: Value, indent: string) {
    this.#realm = realm;
    this.#replace = replacer instanceof GuestFunction ? replacer : undefined;
    this.#only = Array.isArray(replacer) ? new Set(replacer.filter(isKey).map(String)) : undefined;
    this.#indent = indent;
  }

  /** The text of a value; undefined for what JSON leaves out. */
  write(key: string, original: Value, margin: string, depth: number): string | undefined {
    const value = this.#prepare(key, original);
    switch (typeof value) {
      case 'string':
        this.#realm.meter.chargeText(value.length);
        return stringify(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : 'null';
      case 'boolean':
        return String(value);
      case 'undefined':
        return undefined;
    }
    if (value === null) return 'null';
    return value instanceof GuestFunction ? undefined : this.#writeReference(value, margin, depth);
  }

  #prepare(key: string, original: Value): Value {
    let value = original;
    if (value instanceof GuestDate) value = isoText(value) ?? null;
    if (value instanceof GuestUrl) value = value.url.href;
    if (value instanceof GuestObject) {
      const toJson = value.properties.get('toJSON');
      if (toJson instanceof GuestFunction) value = toJson.call(this.#realm, [key]);
    }
    return this.#replace ? this.#replace.call(this.#realm, [key, value]) : value;
  }

  #writeReference(value: Value, margin: string, depth: number): string {
    if (this.#outer.includes(value)) this.#realm.raise('TypeError', 'Converting circular structure to JSON');
    if (depth >= dataDepth)
      this.#realm.raise('RangeError', `The data is nested deeper than ${dataDepth} levels`);
    this.#outer.push(value);
    this.#realm.meter.descend();
    const inner = margin + this.#indent;
    const parts = Array.isArray(value)
      ? this.#elements(value, inner, depth + 1)
      : this.#properties(value, inner, depth + 1);
    this.#realm.meter.ascend();
    this.#outer.pop();
    const [open, close] = Array.isArray(value) ? '[]' : '{}';
    if (parts.length === 0) return `${open}${close}`;
    const text = this.#indent
      ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`
      : `${open}${parts.join(',')}${close}`;
    // Charged at every level: each of them copies the text below it.
    this.#realm.meter.chargeText(text.length);
    return text;
  }

  #elements(array: Value[], margin: string, depth: number): string[] {
    this.#realm.meter.charge(2 * array.length + 4);
    const parts: string[] = [];
    for (let index = 0; index < array.length; index++) {
      parts.push(this.write(String(index), array[index], margin, depth) ?? 'null');
    }
    return parts;
  }

  #properties(object: Value, margin: string, depth: number): string[] {
    const parts: string[] = [];
    for (const [key, value] of this.#entriesOf(object)) {
      const text = this.write(key, value, margin, depth);
      if (text === undefined) continue;
      parts.push(`${stringify(key)}:${this.#indent ? ' ' : ''}${text}`);
    }
    return parts;
  }

  #entriesOf(object: Value): [string, Value][] {
    if (!isReference(object)) return [];
    const realm = this.#realm;
    const only = this.#only;
    if (!only) return ownEntries(realm, object);
    realm.meter.charge(4 * only.size);
    const listed = [...only].filter((key) => object instanceof GuestObject && object.properties.has(key));
    return listed.map((key) => [key, getProperty(realm, object, key, realm.position)]);
  }
}
