import type {Realm} from '../runtime/realm.ts';
import {toInteger} from '../values/convert.ts';
import {type GuestFunction, methodTable} from '../values/function.ts';
import {listItems, makeIterator} from '../values/iterate.ts';
import {type GuestIterator, GuestObject, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';

function next(realm: Realm, iterator: GuestIterator): GuestObject {
  realm.meter.chargeObject(2);
  const step = iterator.source.next();
  const result = new GuestObject();
  result.properties.set('value', step.done ? undefined : step.value);
  result.properties.set('done', step.done === true);
  return result;
}

function* items(realm: Realm, {source}: GuestIterator): Generator<[Value, number], undefined> {
  let index = 0;
  for (let step = source.next(); !step.done; step = source.next()) {
    realm.meter.charge(1);
    yield [step.value, index++];
  }
}

/** How many lazy iterators may stand on each other: the host's stack must not depend on data. */
const depthLimit = 50;

function derive(realm: Realm, {depth}: GuestIterator, items: Iterator<Value>): GuestIterator {
  if (depth >= depthLimit)
    realm.raise('RangeError', 'Too many lazy iterators on each other: use toArray() in between');
  return makeIterator(realm, items, depth + 1);
}

/** A lazy iterator over what a generator makes of another one and a callback. */
function lazy(
  make: (realm: Realm, iterator: GuestIterator, code: GuestFunction) => Generator<Value, undefined>,
) {
  return (realm: Realm, iterator: GuestIterator, [code]: Value[]) => {
    return derive(realm, iterator, make(realm, iterator, callback(realm, code)));
  };
}

function* mapped(realm: Realm, iterator: GuestIterator, code: GuestFunction): Generator<Value, undefined> {
  for (const [item, index] of items(realm, iterator)) yield code.call(realm, [item, index]);
}

function* filtered(realm: Realm, iterator: GuestIterator, code: GuestFunction): Generator<Value, undefined> {
  for (const [item, index] of items(realm, iterator)) if (code.call(realm, [item, index])) yield item;
}

function* taken(realm: Realm, {source}: GuestIterator, count: number): Generator<Value, undefined> {
  for (let left = count; left > 0; left--) {
    realm.meter.charge(1);
    const step = source.next();
    if (step.done) return;
    yield step.value;
  }
}

function* dropped(realm: Realm, {source}: GuestIterator, count: number): Generator<Value, undefined> {
  for (let left = count; left > 0; left--) {
    realm.meter.charge(1);
    if (source.next().done) return;
  }
  for (let step = source.next(); !step.done; step = source.next()) yield step.value;
}

/** The first item for which the callback gives `wanted`, as a pair; undefined where there is none. */
function first(realm: Realm, iterator: GuestIterator, code: Value, wanted: boolean): [Value] | undefined {
  const test = callback(realm, code);
  for (const [item, index] of items(realm, iterator))
    if (!!test.call(realm, [item, index]) === wanted) return [item];
  return undefined;
}

function reduce(realm: Realm, iterator: GuestIterator, args: Value[]): Value {
  const code = callback(realm, args[0]);
  let started = args.length > 1;
  let sum = args[1];
  for (const [item, index] of items(realm, iterator)) {
    sum = started ? code.call(realm, [sum, item, index]) : item;
    started = true;
  }
  return started ? sum : realm.raise('TypeError', 'Reduce of a done iterator with no initial value');
}

function forEach(realm: Realm, iterator: GuestIterator, [code]: Value[]): undefined {
  const visit = callback(realm, code);
  for (const [item, index] of items(realm, iterator)) visit.call(realm, [item, index]);
}

/** The methods of what `entries()`, `keys()`, `values()` and `matchAll()` give. */
export const iteratorMethods = methodTable<GuestIterator>([
  ['next', 0, next],
  ['toArray', 0, (realm, iterator) => listItems(realm, iterator, realm.position)],
  ['map', 1, lazy(mapped)],
  ['filter', 1, lazy(filtered)],
  [
    'take',
    1,
    (realm, iterator, [count]) => derive(realm, iterator, taken(realm, iterator, toInteger(realm, count))),
  ],
  [
    'drop',
    1,
    (realm, iterator, [count]) => derive(realm, iterator, dropped(realm, iterator, toInteger(realm, count))),
  ],
  ['forEach', 1, forEach],
  ['reduce', 1, reduce],
  ['some', 1, (realm, iterator, [code]) => first(realm, iterator, code, true) !== undefined],
  ['every', 1, (realm, iterator, [code]) => first(realm, iterator, code, false) === undefined],
  ['find', 1, (realm, iterator, [code]) => first(realm, iterator, code, true)?.[0]],
]);
