import type {Realm} from '../runtime/realm.ts';
import {toInteger} from '../values/convert.ts';
import {GuestFunction, GuestMethod, methodTable} from '../values/function.ts';
import {getElement, getProperty} from '../values/property.ts';
import {GuestEntity, GuestObject, type Value} from '../values/value.ts';
import {objectMethods} from './object.ts';

/** Levels of the host's stack that calling through another function may take, in units of syntax depth. */
const levels = 4;

/** A function with some of its arguments given, as `bind` makes it. */
class BoundFunction extends GuestFunction {
  readonly name: string;
  readonly length: number;
  readonly #target: GuestFunction;
  readonly #receiver: Value;
  readonly #given: Value[];

  constructor(target: GuestFunction, receiver: Value, given: Value[]) {
    super();
    this.name = `bound ${target.name}`;
    this.length = Math.max(target.length - given.length, 0);
    this.#target = target;
    this.#receiver = receiver;
    this.#given = given;
  }

  call(realm: Realm, args: Value[]): Value {
    return callOn(realm, this.#target, this.#receiver, [...this.#given, ...args]);
  }
}

/** Calls a function on an object. Functions of the program take no notice of it: the language has no `this`. */
function callOn(realm: Realm, target: GuestFunction, receiver: Value, args: Value[]): Value {
  const {meter} = realm;
  meter.chargeElements(args.length);
  meter.enter(levels);
  const result =
    target instanceof GuestMethod ? applyMethod(realm, target, receiver, args) : target.call(realm, args);
  meter.leave(levels);
  return result;
}

/** A method works on the objects whose type has it, wherever it was taken from. */
function applyMethod(realm: Realm, method: GuestMethod, receiver: Value, args: Value[]): Value {
  if (method === objectMethods.get('toString')) return `[object ${tagOf(receiver)}]`;
  const isNothing = receiver === undefined || receiver === null;
  if (isNothing || realm.memberOf(receiver, method.name) !== method) {
    realm.raise('TypeError', `${method.name} cannot be called on ${isNothing ? receiver : tagOf(receiver)}`);
  }
  return method.apply(realm, receiver, args);
}

/** What `Object.prototype.toString` calls a value. */
function tagOf(value: Value): string {
  if (value instanceof GuestEntity) return value.className;
  if (Array.isArray(value)) return 'Array';
  const type = value === null ? 'null' : typeof value;
  return type[0]?.toUpperCase() + type.slice(1);
}

function listOfArguments(realm: Realm, list: Value): Value[] {
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return [...list];
  if (!(list instanceof GuestObject)) {
    return realm.raise('TypeError', 'CreateListFromArrayLike called on non-object');
  }
  const length = Math.max(toInteger(realm, getProperty(realm, list, 'length', realm.position)), 0);
  realm.meter.checkLength(length);
  realm.meter.charge(3 * length);
  return Array.from({length}, (_item, index) => getElement(realm, list, index, realm.position));
}

function bind(realm: Realm, target: GuestFunction, [receiver, ...given]: Value[]): GuestFunction {
  realm.meter.chargeObject(given.length);
  realm.meter.chargeText(target.name.length);
  return new BoundFunction(target, receiver, given);
}

/** The methods of functions. */
export const functionMethods = methodTable<GuestFunction>([
  ['call', 1, (realm, target, [receiver, ...args]) => callOn(realm, target, receiver, args)],
  [
    'apply',
    2,
    (realm, target, [receiver, list]) => callOn(realm, target, receiver, listOfArguments(realm, list)),
  ],
  ['bind', 1, bind],
]);
