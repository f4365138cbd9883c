import {describe, isReference, toKey, toText} from '../values/convert.ts';
import {methodTable} from '../values/function.ts';
import {hasOwn, ownKeys} from '../values/property.ts';
import type {Value} from '../values/value.ts';

/** What every object has. */
export const objectMethods = methodTable<Value>([
  ['hasOwnProperty', 1, (realm, object, [key]) => hasOwn(object, toKey(realm, key))],
  ['propertyIsEnumerable', 1, (realm, object, [key]) => ownKeys(realm, object).includes(toKey(realm, key))],
  [
    'toString',
    0,
    (realm, object) => (isReference(object) ? describe(realm, object, 0) : toText(realm, object)),
  ],
  ['toLocaleString', 0, (realm, object) => toText(realm, object)],
  ['valueOf', 0, (_realm, object) => object],
]);
