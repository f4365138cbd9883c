import {GuestRegExp} from '../regexp/guest-regexp.ts';
import type {Realm} from '../runtime/realm.ts';
import {dateText, GuestDate} from './date.ts';
import {GuestFunction} from './function.ts';
import {GuestSearchParams, GuestUrl} from './url.ts';
import {GuestEntity, GuestError, GuestObject, type Value} from './value.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const {isArray} = Array;
const {trunc} = Math;
const {isNaN: isNotANumber} = Number;

/** Arrays nested deeper than this aren't turned into text: the host's stack must not depend on data. */
const nestingLimit = 200;

export function typeOf(value: Value): string {
  if (value instanceof GuestFunction) return 'function';
  return value instanceof GuestEntity ? 'object' : typeof value;
}

/** ECMAScript's ToNumber. */
export function toNumber(realm: Realm, value: Value): number {
  if (typeof value === 'number') return value;
  const primitive = isReference(value) ? toPrimitive(realm, value, 'number') : value;
  if (typeof primitive === 'string') realm.meter.charge(2 + (primitive.length >> 2));
  return +(primitive as never);
}

/** ECMAScript's ToIntegerOrInfinity. */
export function toInteger(realm: Realm, value: Value): number {
  const number = trunc(toNumber(realm, value));
  // Adding 0 makes 0 of -0.
  return isNotANumber(number) ? 0 : number + 0;
}

/** ECMAScript's ToString. */
export function toText(realm: Realm, value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(realm, value);
  return `${isReference(value) ? toPrimitive(realm, value, 'string') : value}`;
}

// The host keeps the texts of small integers; those of others are dear to make.
function numberText(realm: Realm, value: number): string {
  if (value >>> 0 !== value) realm.meter.charge(4);
  return `${value}`;
}

/** ECMAScript's ToPropertyKey, without symbols. */
export function toKey(realm: Realm, value: Value): string {
  const key = toText(realm, value);
  realm.meter.chargeReading(key);
  return key;
}

export function isReference(value: Value): value is Value[] | GuestEntity {
  return typeof value === 'object' && value !== null;
}

type Primitive = undefined | null | boolean | number | string;

/** ECMAScript's ToPrimitive: an object's own `valueOf` and `toString` count, there are no others to inherit. */
export function toPrimitive(
  realm: Realm,
  value: Value[] | GuestEntity,
  preferred: 'number' | 'string' | 'default',
): Primitive {
  if (value instanceof GuestObject && value.properties.size > 0) {
    const order = preferred === 'string' ? ['toString', 'valueOf'] : ['valueOf', 'toString'];
    for (const name of order) {
      const method = value.properties.get(name);
      if (!(method instanceof GuestFunction)) continue;
      const result = method.call(realm, []);
      if (!isReference(result)) return result;
    }
  }
  if (value instanceof GuestDate && preferred === 'number') return value.time;
  return describe(realm, value, 0);
}

/** What the built-in `toString` of a value gives. */
export function describe(realm: Realm, value: Value[] | GuestEntity, depth: number): string {
  if (isArray(value)) return joinElements(realm, value, ',', depth);
  if (value instanceof GuestError) return describeError(realm, value);
  if (value instanceof GuestRegExp) return `/${value.source}/${value.flags}`;
  if (value instanceof GuestDate) return dateText(value);
  if (value instanceof GuestUrl) return value.url.href;
  if (value instanceof GuestSearchParams) return queryText(realm, value);
  if (value instanceof GuestFunction) return `function ${value.name}() { [code] }`;
  return `[object ${value.className}]`;
}

function queryText(realm: Realm, search: GuestSearchParams): string {
  realm.meter.charge(2 * search.characters);
  return search.params.toString();
}

function describeError(realm: Realm, error: GuestError): string {
  const name = textOr(realm, error.hidden.get('name'), 'Error');
  const message = textOr(realm, error.hidden.get('message'), '');
  if (message === '') return name;
  return name === '' ? message : `${name}: ${message}`;
}

function textOr(realm: Realm, value: Value, otherwise: string): string {
  return value === undefined ? otherwise : toText(realm, value);
}

/** `Array.prototype.join`, charged by what it makes. */
export function joinElements(realm: Realm, array: Value[], separator: string, depth = 0): string {
  if (depth > nestingLimit) realm.raise('RangeError', 'Arrays are nested too deep to be turned into text');
  if (realm.joining.includes(array)) return '';
  realm.joining.push(array);
  realm.meter.descend();
  try {
    return joinParts(realm, array, separator, depth);
  } finally {
    realm.meter.ascend();
    realm.joining.pop();
  }
}

function joinParts(realm: Realm, array: Value[], separator: string, depth: number): string {
  const {meter} = realm;
  meter.chargeElements(array.length);
  // In a list until the end: a text that grows by `+=` keeps a node for each of its parts.
  const parts: string[] = [];
  let length = 0;
  for (let index = 0; index < array.length; index++) {
    const part = elementText(realm, array[index], depth);
    parts.push(part);
    length += part.length + (index === 0 ? 0 : separator.length);
    if (length > meter.budgets.stringLength) meter.chargeText(length);
  }
  meter.chargeText(length);
  return parts.join(separator);
}

function elementText(realm: Realm, value: Value, depth: number): string {
  if (value === undefined || value === null) return '';
  return isArray(value) ? joinElements(realm, value, ',', depth + 1) : toText(realm, value);
}
