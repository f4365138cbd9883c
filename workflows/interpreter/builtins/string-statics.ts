import type {Realm} from '../runtime/realm.ts';
import {toInteger, toNumber, toText} from '../values/convert.ts';
import {functionTable, NativeFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';

function fromCodePoint(realm: Realm, args: Value[]): string {
  realm.meter.chargeElements(args.length);
  let text = '';
  for (const value of args) {
    const code = toNumber(realm, value);
    if (!(code >= 0 && code <= 0x10ffff && Number.isInteger(code))) {
      return realm.raise('RangeError', `Invalid code point ${code}`);
    }
    text += String.fromCodePoint(code);
  }
  return text;
}

function fromCharCode(realm: Realm, args: Value[]): string {
  realm.meter.chargeElements(args.length);
  let text = '';
  for (const value of args) text += String.fromCharCode(toInteger(realm, value));
  return text;
}

/** `String`. */
export const stringConstructor = new NativeFunction(
  'String',
  1,
  (realm, args) => (args.length === 0 ? '' : toText(realm, args[0])),
  {
    members: functionTable([
      ['fromCharCode', 1, fromCharCode],
      ['fromCodePoint', 1, fromCodePoint],
    ]),
  },
);
