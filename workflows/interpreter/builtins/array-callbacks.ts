import type {Realm} from '../runtime/realm.ts';
import {methodTable} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {callback} from './arguments.ts';

/** Calls back for each element that is there; ends early once `visit` gives true. */
function eachElement(
  realm: Realm,
  array: Value[],
  args: Value[],
  visit: (result: Value, element: Value, index: number) => boolean,
): void {
  const code = callback(realm, args[0]);
  const {length} = array;
  for (let index = 0; index < length; index++) {
    realm.meter.charge(1);
    const element = array[index];
    if (element === undefined && !(index in array)) continue;
    if (visit(code.call3(realm, element, index, array), element, index)) return;
  }
}

/** The `find` family looks at holes too; gives the index of the first match from either end, or -1. */
function findIndex(realm: Realm, array: Value[], args: Value[], fromEnd: boolean): number {
  const code = callback(realm, args[0]);
  const {length} = array;
  for (let count = 0; count < length; count++) {
    realm.meter.charge(1);
    const index = fromEnd ? length - 1 - count : count;
    if (code.call3(realm, array[index], index, array)) return index;
  }
  return -1;
}

function map(realm: Realm, array: Value[], args: Value[]): Value {
  const mapped: Value[] = [];
  mapped.length = array.length;
  eachElement(realm, array, args, (result, _element, index) => {
    mapped[index] = result;
    return false;
  });
  return mapped;
}

function filter(realm: Realm, array: Value[], args: Value[]): Value {
  const kept: Value[] = [];
  eachElement(realm, array, args, (result, element) => {
    if (result) kept.push(element);
    return false;
  });
  return kept;
}

function flatMap(realm: Realm, array: Value[], args: Value[]): Value {
  const flat: Value[] = [];
  eachElement(realm, array, args, (result) => {
    const items = Array.isArray(result) ? result : [result];
    realm.meter.chargeElements(items.length);
    for (let index = 0; index < items.length; index++) if (index in items) flat.push(items[index]);
    realm.meter.checkLength(flat.length);
    return false;
  });
  return flat;
}

/** Whether the callback's results are all alike, as `some` (stops at true) and `every` (stops at false) ask. */
function meets(realm: Realm, array: Value[], args: Value[], stopAt: boolean): boolean {
  let met = false;
  eachElement(realm, array, args, (result) => {
    met = !!result === stopAt;
    return met;
  });
  return met;
}

function reduce(realm: Realm, array: Value[], args: Value[], fromEnd: boolean): Value {
  const code = callback(realm, args[0]);
  const {length} = array;
  let started = args.length > 1;
  let sum = args[1];
  for (let count = 0; count < length; count++) {
    realm.meter.charge(1);
    const index = fromEnd ? length - 1 - count : count;
    if (!(index in array)) continue;
    sum = started ? code.call(realm, [sum, array[index], index, array]) : array[index];
    started = true;
  }
  if (!started) realm.raise('TypeError', 'Reduce of empty array with no initial value');
  return sum;
}

/** The methods of arrays that call a function of the program. */
export const arrayCallbackMethods = methodTable<Value[]>([
  ['map', 1, map],
  ['filter', 1, filter],
  ['flatMap', 1, flatMap],
  [
    'forEach',
    1,
    (realm, array, args) => {
      eachElement(realm, array, args, () => false);
      return undefined;
    },
  ],
  ['some', 1, (realm, array, args) => meets(realm, array, args, true)],
  ['every', 1, (realm, array, args) => !meets(realm, array, args, false)],
  ['find', 1, (realm, array, args) => array[findIndex(realm, array, args, false)]],
  ['findIndex', 1, (realm, array, args) => findIndex(realm, array, args, false)],
  ['findLast', 1, (realm, array, args) => array[findIndex(realm, array, args, true)]],
  ['findLastIndex', 1, (realm, array, args) => findIndex(realm, array, args, true)],
  ['reduce', 1, (realm, array, args) => reduce(realm, array, args, false)],
  ['reduceRight', 1, (realm, array, args) => reduce(realm, array, args, true)],
]);
