import type {Realm} from '../runtime/realm.ts';
import {toText} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';
import {listItems} from '../values/iterate.ts';
import {GuestError, GuestObject, type Value} from '../values/value.ts';

const types = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'];

function construct(type: string, realm: Realm, [message, options]: Value[]): GuestError {
  realm.meter.chargeObject(14);
  const error = new GuestError(type, message === undefined ? '' : toText(realm, message), realm.position);
  if (message === undefined) error.hidden.set('message', '');
  if (options instanceof GuestObject && options.properties.has('cause')) {
    error.hidden.set('cause', options.properties.get('cause'));
  }
  return error;
}

function constructAggregate(realm: Realm, [errors, ...rest]: Value[]): GuestError {
  const error = construct('AggregateError', realm, rest);
  error.hidden.set('errors', listItems(realm, errors, realm.position));
  return error;
}

function errorConstructor(type: string, length: number, code: (realm: Realm, args: Value[]) => GuestError) {
  return new NativeFunction(type, length, code, {
    construct: code,
    isInstance: (value) => value instanceof GuestError && (type === 'Error' || value.type === type),
  });
}

/** `Error` and its subtypes, by name. */
export const errorConstructors: ReadonlyMap<string, Value> = new Map([
  ...types.map(
    (type) => [type, errorConstructor(type, 1, (realm, args) => construct(type, realm, args))] as const,
  ),
  ['AggregateError', errorConstructor('AggregateError', 2, constructAggregate)],
]);
