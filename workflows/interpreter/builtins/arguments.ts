import type {Realm} from '../runtime/realm.ts';
import {toInteger, toText, typeOf} from '../values/convert.ts';
import {GuestFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';

const {max, min} = Math;

/** An argument that has to be a function. */
export function callback(realm: Realm, value: Value): GuestFunction {
  if (value instanceof GuestFunction) return value;
  const shown = value === undefined || value === null ? String(value) : `a value of type ${typeOf(value)}`;
  return realm.raise('TypeError', `${shown} is not a function`);
}

/** A relative index argument as `slice` takes it: negative ones count from the end. */
export function relativeIndex(realm: Realm, value: Value, length: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const index = toInteger(realm, value);
  return index < 0 ? max(length + index, 0) : min(index, length);
}

/** An argument as text, undefined being a default. */
export function textArgument(realm: Realm, value: Value, otherwise: string): string {
  return value === undefined ? otherwise : toText(realm, value);
}
