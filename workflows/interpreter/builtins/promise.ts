import {GuestPromise, settlers, settleWith, toPromise} from '../runtime/promise.ts';
import type {Realm} from '../runtime/realm.ts';
import {GuestThrow} from '../runtime/signals.ts';
import {functionTable, GuestFunction, methodTable, NativeFunction} from '../values/function.ts';
import {GuestObject, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';
import {all, allSettled, any, race} from './promise-groups.ts';

/** Steps for a function that a built-in makes. */
const stepsPerFunction = 8;

function then(realm: Realm, promise: GuestPromise, [onFulfilled, onRejected]: Value[]): GuestPromise {
  const derived = new GuestPromise(realm, promise.work);
  promise.react(
    (value) => {
      if (onFulfilled instanceof GuestFunction) settleWith(derived, () => onFulfilled.call(realm, [value]));
      else derived.resolve(value);
    },
    (reason, start) => {
      if (onRejected instanceof GuestFunction) settleWith(derived, () => onRejected.call(realm, [reason]));
      else derived.reject(reason, start);
    },
  );
  return derived;
}

/** `finally`: waits for what the callback gives, then passes on how the promise was settled. */
function doFinally(realm: Realm, promise: GuestPromise, [onFinally]: Value[]): GuestPromise {
  if (!(onFinally instanceof GuestFunction)) return then(realm, promise, [onFinally, onFinally]);
  const pass = (settle: () => Value) => {
    realm.meter.charge(stepsPerFunction);
    const waited = toPromise(realm, onFinally.call(realm, []));
    return then(realm, waited, [new NativeFunction('', 0, settle)]);
  };
  realm.meter.charge(2 * stepsPerFunction);
  const rethrow = (reason: Value) => () => {
    throw new GuestThrow(reason, promise.start);
  };
  return then(realm, promise, [
    new NativeFunction('', 1, (_realm, [value]) => pass(() => value)),
    new NativeFunction('', 1, (_realm, [reason]) => pass(rethrow(reason))),
  ]);
}

/** The methods of promises. */
export const promiseMethods = methodTable<GuestPromise>([
  ['then', 2, then],
  ['catch', 1, (realm, promise, [onRejected]) => then(realm, promise, [undefined, onRejected])],
  ['finally', 1, doFinally],
]);

function construct(realm: Realm, [executor]: Value[]): GuestPromise {
  const code = callback(realm, executor);
  const promise = new GuestPromise(realm);
  realm.meter.charge(2 * stepsPerFunction);
  const {resolve, reject} = settlers(promise);
  try {
    code.call(realm, [resolve, reject]);
  } catch (error) {
    if (!(error instanceof GuestThrow)) throw error;
    promise.reject(error.value, error.start);
  }
  return promise;
}

function rejected(realm: Realm, [reason]: Value[]): GuestPromise {
  const promise = new GuestPromise(realm);
  promise.reject(reason, realm.position);
  return promise;
}

function withResolvers(realm: Realm): GuestObject {
  const promise = new GuestPromise(realm);
  realm.meter.chargeObject(2 * stepsPerFunction);
  const object = new GuestObject();
  object.properties.set('promise', promise);
  for (const [name, settle] of Object.entries(settlers(promise))) object.properties.set(name, settle);
  return object;
}

/** `Promise.try(code, …args)`: what the code throws at once rejects the promise as well. */
function attempt(realm: Realm, [code, ...args]: Value[]): GuestPromise {
  const promise = new GuestPromise(realm);
  settleWith(promise, () => callback(realm, code).call(realm, args));
  return promise;
}

/** `Promise`. */
export const promiseConstructor = new NativeFunction(
  'Promise',
  1,
  (realm) => realm.raise('TypeError', "Promise constructor cannot be invoked without 'new'"),
  {
    construct,
    isInstance: (value) => value instanceof GuestPromise,
    members: functionTable([
      ['resolve', 1, (realm, [value]) => toPromise(realm, value)],
      ['reject', 1, rejected],
      ['all', 1, all],
      ['allSettled', 1, allSettled],
      ['race', 1, race],
      ['any', 1, any],
      ['withResolvers', 0, withResolvers],
      ['try', 1, attempt],
    ]),
  },
);
