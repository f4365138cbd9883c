import type {Realm} from '../runtime/realm.ts';
import {joinElements, toInteger} from '../values/convert.ts';
import {strictlyEqual} from '../values/equality.ts';
import {methodTable} from '../values/function.ts';
import {makeIterator} from '../values/iterate.ts';
import {checkNotFrozen} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import {relativeIndex, textArgument} from './arguments.ts';
import {sortElements} from './sort.ts';

/** How deep `flat` goes at most: the host's stack must not depend on data. */
const flatDepth = 200;

function growing(realm: Realm, array: Value[], added: number): void {
  if (realm.frozen !== undefined) checkNotFrozen(realm, array, String(array.length));
  realm.meter.checkLength(array.length + added);
}

function changing(realm: Realm, array: Value[]): void {
  if (realm.frozen !== undefined) checkNotFrozen(realm, array, 'length');
  realm.meter.chargeElements(array.length);
}

function push(realm: Realm, array: Value[], args: Value[]): Value {
  growing(realm, array, args.length);
  if (args.length > 1) realm.meter.chargeElements(args.length);
  for (let index = 0; index < args.length; index++) array.push(args[index]);
  return array.length;
}

function pop(realm: Realm, array: Value[]): Value {
  if (realm.frozen !== undefined) checkNotFrozen(realm, array, 'length');
  return array.pop();
}

function shift(realm: Realm, array: Value[]): Value {
  changing(realm, array);
  return array.shift();
}

function unshift(realm: Realm, array: Value[], args: Value[]): Value {
  changing(realm, array);
  growing(realm, array, args.length);
  insert(array, 0, args);
  return array.length;
}

function reverse(realm: Realm, array: Value[]): Value[] {
  changing(realm, array);
  return array.reverse();
}

function sortInPlace(realm: Realm, array: Value[], order: Value): Value[] {
  changing(realm, array);
  const sorted = sortElements(
    realm,
    array.filter(() => true),
    order,
  );
  for (let index = 0; index < sorted.length; index++) array[index] = sorted[index];
  for (let index = sorted.length; index < array.length; index++) delete array[index];
  return array;
}

function toSpliced(realm: Realm, array: Value[], args: Value[]): Value[] {
  realm.meter.chargeElements(array.length);
  const copy = Array.from(array);
  splice(realm, copy, args);
  return copy;
}

function slice(realm: Realm, array: Value[], [from, to]: Value[]): Value[] {
  const {length} = array;
  const start = relativeIndex(realm, from, length, 0);
  const end = relativeIndex(realm, to, length, length);
  realm.meter.chargeElements(Math.max(end - start, 0));
  return array.slice(start, end);
}

function splice(realm: Realm, array: Value[], args: Value[]): Value[] {
  changing(realm, array);
  const {length} = array;
  const [from, count, ...items] = args;
  const start = relativeIndex(realm, from, length, 0);
  const most = length - start;
  const removed = args.length < 2 ? most : Math.min(Math.max(toInteger(realm, count), 0), most);
  if (args.length === 0) return [];
  growing(realm, array, items.length);
  const cut = array.splice(start, removed);
  insert(array, start, items);
  return cut;
}

// Not as arguments of a host's method: for many of them its stack would not do.
function insert(array: Value[], at: number, items: readonly Value[]): void {
  if (items.length === 0) return;
  const behind = array.splice(at);
  array.length = at + items.length + behind.length;
  for (let index = 0; index < items.length; index++) array[at + index] = items[index];
  const next = at + items.length;
  for (let index = 0; index < behind.length; index++)
    if (index in behind) array[next + index] = behind[index];
}

function concat(realm: Realm, array: Value[], args: Value[]): Value[] {
  const joined: Value[] = [];
  for (const part of [array, ...args]) {
    const items = Array.isArray(part) ? part : [part];
    realm.meter.chargeElements(items.length);
    const offset = joined.length;
    joined.length += items.length;
    for (let index = 0; index < items.length; index++)
      if (index in items) joined[offset + index] = items[index];
    realm.meter.checkLength(joined.length);
  }
  return joined;
}

function flat(realm: Realm, array: Value[], depth: number, into: Value[], level = 0): Value[] {
  if (level > flatDepth) realm.raise('RangeError', 'Arrays are nested too deep to be flattened');
  realm.meter.chargeElements(array.length);
  for (let index = 0; index < array.length; index++) {
    if (!(index in array)) continue;
    const item = array[index];
    if (depth > 0 && Array.isArray(item)) flat(realm, item, depth - 1, into, level + 1);
    else into.push(item);
  }
  realm.meter.checkLength(into.length);
  return into;
}

function indexOf(realm: Realm, array: Value[], [item, from]: Value[]): number {
  const start = relativeIndex(realm, from, array.length, 0);
  for (let index = start; index < array.length; index++) {
    realm.meter.charge(1);
    if (index in array && strictlyEqual(realm, array[index], item)) return index;
  }
  return -1;
}

function lastIndexOf(realm: Realm, array: Value[], args: Value[]): number {
  const {length} = array;
  const wanted = args.length > 1 ? toInteger(realm, args[1]) : length - 1;
  for (let index = wanted < 0 ? length + wanted : Math.min(wanted, length - 1); index >= 0; index--) {
    realm.meter.charge(1);
    if (index in array && strictlyEqual(realm, array[index], args[0])) return index;
  }
  return -1;
}

function includes(realm: Realm, array: Value[], [item, from]: Value[]): boolean {
  const start = relativeIndex(realm, from, array.length, 0);
  const wantsNaN = Number.isNaN(item);
  for (let index = start; index < array.length; index++) {
    realm.meter.charge(1);
    const element = array[index];
    if (strictlyEqual(realm, element, item) || (wantsNaN && Number.isNaN(element))) return true;
  }
  return false;
}

function at(realm: Realm, array: Value[], [position]: Value[]): Value {
  const index = toInteger(realm, position);
  return array[index < 0 ? array.length + index : index];
}

function fill(realm: Realm, array: Value[], [value, from, to]: Value[]): Value[] {
  changing(realm, array);
  const {length} = array;
  return array.fill(value, relativeIndex(realm, from, length, 0), relativeIndex(realm, to, length, length));
}

function withElement(realm: Realm, array: Value[], [position, value]: Value[]): Value[] {
  const index = toInteger(realm, position);
  const place = index < 0 ? array.length + index : index;
  if (place < 0 || place >= array.length) realm.raise('RangeError', 'Invalid index');
  const copy = slice(realm, array, []);
  copy[place] = value;
  return copy;
}

function copyWithin(realm: Realm, array: Value[], [target, from, to]: Value[]): Value[] {
  changing(realm, array);
  const {length} = array;
  const place = relativeIndex(realm, target, length, 0);
  return array.copyWithin(
    place,
    relativeIndex(realm, from, length, 0),
    relativeIndex(realm, to, length, length),
  );
}

function* entries(array: Value[]): Generator<Value, undefined> {
  for (let index = 0; index < array.length; index++) yield [index, array[index]];
}

/** The methods of arrays that call nothing back. */
export const arrayMethods = methodTable<Value[]>([
  ['push', 1, push],
  ['pop', 0, pop],
  ['shift', 0, shift],
  ['unshift', 1, unshift],
  ['reverse', 0, reverse],
  ['sort', 1, (realm, array, [order]) => sortInPlace(realm, array, order)],
  ['toSorted', 1, (realm, array, [order]) => sortElements(realm, Array.from(array), order)],
  ['toReversed', 0, (realm, array) => reverse(realm, Array.from(array))],
  ['toSpliced', 2, toSpliced],
  ['slice', 2, slice],
  ['splice', 2, splice],
  ['concat', 1, concat],
  ['join', 1, (realm, array, [separator]) => joinElements(realm, array, textArgument(realm, separator, ','))],
  ['toString', 0, (realm, array) => joinElements(realm, array, ',')],
  [
    'flat',
    0,
    (realm, array, [depth]) => flat(realm, array, depth === undefined ? 1 : toInteger(realm, depth), []),
  ],
  ['indexOf', 1, indexOf],
  ['lastIndexOf', 1, lastIndexOf],
  ['includes', 1, includes],
  ['at', 1, at],
  ['fill', 1, fill],
  ['with', 2, withElement],
  ['copyWithin', 2, copyWithin],
  ['entries', 0, (realm, array) => makeIterator(realm, entries(array))],
  ['keys', 0, (realm, array) => makeIterator(realm, array.keys())],
  ['values', 0, (realm, array) => makeIterator(realm, array.values())],
]);
