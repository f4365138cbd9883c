import {GuestPromise} from '../runtime/promise.ts';
import type {GuestMethod} from '../values/function.ts';
import {GuestObject, type Value} from '../values/value.ts';
import {arrayMethods} from './array.ts';
import {arrayCallbackMethods} from './array-callbacks.ts';
import {objectMethods} from './object.ts';
import {promiseMethods} from './promise.ts';
import {stringMethods} from './string.ts';

type Table = ReadonlyMap<string, GuestMethod>;

const none: Table = new Map();
const ofArrays: Table = new Map([...objectMethods, ...arrayMethods, ...arrayCallbackMethods]);
const ofStrings: Table = new Map([...objectMethods, ...stringMethods]);
const ofPromises: Table = new Map([...objectMethods, ...promiseMethods]);

/** The method that a value of a built-in type has under a name; undefined where it has none. */
export function methodOf(receiver: Value, name: string): Value {
  return tableOf(receiver).get(name);
}

function tableOf(receiver: Value): Table {
  if (Array.isArray(receiver)) return ofArrays;
  if (typeof receiver === 'string') return ofStrings;
  if (receiver instanceof GuestPromise) return ofPromises;
  if (receiver instanceof GuestObject) return objectMethods;
  return none;
}
