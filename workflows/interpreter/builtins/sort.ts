import type {Realm} from '../runtime/realm.ts';
import {toNumber, toText} from '../values/convert.ts';
import {chargeComparison} from '../values/equality.ts';
import type {Value} from '../values/value.ts';
import {callback} from './arguments.ts';

type Order = (left: Value, right: Value) => number;

/**
 * Sorts an array without holes in place: a stable merge sort of our own, so that the order in which a program's
 * comparison is called is the same on every engine. Undefined comes last.
 */
export function sortElements(realm: Realm, array: Value[], order: Value): Value[] {
  const defined = array.filter((element) => element !== undefined);
  const sorted =
    order === undefined ? sortByText(realm, defined) : mergeSort(defined, callbackOrder(realm, order));
  for (let index = 0; index < array.length; index++) array[index] = sorted[index];
  return array;
}

/** Up to here a comparison of two texts costs one step. */
const shortText = 256;

/** Short texts are left to the host: it knows only one order for them. */
function sortByText(realm: Realm, items: Value[]): Value[] {
  const areShort = items.every((item) => typeof item === 'string' && item.length <= shortText);
  if (!areShort) return mergeSort(items, textOrder(realm));
  realm.meter.charge(items.length * Math.ceil(Math.log2(items.length + 1)));
  return items.sort();
}

function callbackOrder(realm: Realm, order: Value): Order {
  const code = callback(realm, order);
  return (left, right) => {
    realm.meter.charge(1);
    return toNumber(realm, code.call2(realm, left, right));
  };
}

function textOrder(realm: Realm): Order {
  return (left, right) => {
    realm.meter.charge(1);
    const first = toText(realm, left);
    const second = toText(realm, right);
    chargeComparison(realm, first, second);
    return first < second ? -1 : first > second ? 1 : 0;
  };
}

function mergeSort(items: Value[], compare: Order): Value[] {
  let from = items;
  let to: Value[] = new Array(items.length);
  for (let width = 1; width < items.length; width *= 2) {
    for (let start = 0; start < items.length; start += 2 * width) merge(from, to, start, width, compare);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges the two sorted runs of `width` items that begin at `start`. */
function merge(from: Value[], to: Value[], start: number, width: number, compare: Order): void {
  const middle = Math.min(start + width, from.length);
  const end = Math.min(start + 2 * width, from.length);
  let left = start;
  let right = middle;
  for (let index = start; index < end; index++) {
    const takeLeft = left < middle && (right >= end || !(compare(from[left], from[right]) > 0));
    to[index] = takeLeft ? from[left++] : from[right++];
  }
}
