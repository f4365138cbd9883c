import type {Realm} from '../runtime/realm.ts';
import {describe, isReference} from '../values/convert.ts';
import {NotPlainData, toJson} from '../values/json.ts';
import {GuestError, type Value} from '../values/value.ts';

const {stringify} = JSON;

/** A value as `console.log` shows it: JSON where it is plain data, else what it is. */
export function inspect(realm: Realm, value: Value): string {
  if (!isReference(value)) return String(value);
  if (value instanceof GuestError) return describe(realm, value, 0);
  try {
    return stringify(toJson(realm, value, 'value'));
  } catch (error) {
    if (!(error instanceof NotPlainData)) throw error;
    return describe(realm, value, 0);
  }
}

/** The same, with texts in quotes. */
export function inspectQuoted(realm: Realm, value: Value): string {
  return typeof value === 'string' ? `'${value}'` : inspect(realm, value);
}
