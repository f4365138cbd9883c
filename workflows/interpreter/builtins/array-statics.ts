import type {Realm} from '../runtime/realm.ts';
import {toInteger} from '../values/convert.ts';
import {functionTable, NativeFunction} from '../values/function.ts';
import {listItems} from '../values/iterate.ts';
import {getElement, getProperty} from '../values/property.ts';
import {GuestObject, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';

function construct(realm: Realm, args: Value[]): Value[] {
  const [length] = args;
  if (args.length !== 1 || typeof length !== 'number') return [...args];
  if (length < 0 || !Number.isInteger(length)) realm.raise('RangeError', 'Invalid array length');
  realm.meter.checkLength(length);
  realm.meter.chargeElements(length);
  const array: Value[] = [];
  array.length = length;
  return array;
}

/** The items of an iterable, or of an object with a length. */
function itemsOf(realm: Realm, source: Value): Value[] {
  if (!(source instanceof GuestObject)) return listItems(realm, source, realm.position);
  const length = Math.max(toInteger(realm, getProperty(realm, source, 'length', realm.position)), 0);
  realm.meter.checkLength(length);
  realm.meter.charge(3 * length);
  return Array.from({length}, (_item, index) => getElement(realm, source, index, realm.position));
}

function from(realm: Realm, [source, map]: Value[]): Value[] {
  const code = map === undefined ? undefined : callback(realm, map);
  const items = itemsOf(realm, source);
  if (!code) return items;
  for (let index = 0; index < items.length; index++) items[index] = code.call(realm, [items[index], index]);
  return items;
}

/** `Array`. */
export const arrayConstructor = new NativeFunction('Array', 1, construct, {
  construct,
  isInstance: (value) => Array.isArray(value),
  members: functionTable([
    ['isArray', 1, (_realm, [value]) => Array.isArray(value)],
    ['of', 0, (_realm, args) => [...args]],
    ['from', 1, from],
  ]),
});
