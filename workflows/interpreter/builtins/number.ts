import type {Realm} from '../runtime/realm.ts';
import {toInteger, toNumber, toText} from '../values/convert.ts';
import {functionTable, methodTable, NativeFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {formatNumber} from './number-format.ts';

function digits(realm: Realm, value: Value, lowest: number, highest: number, method: string): number {
  const count = toInteger(realm, value);
  realm.meter.charge(count > 20 ? 100 : 6);
  if (count < lowest || count > highest) {
    realm.raise('RangeError', `${method} argument must be between ${lowest} and ${highest}`);
  }
  return count;
}

function toRadix(realm: Realm, number: number, [radix]: Value[]): string {
  const base = radix === undefined ? 10 : digits(realm, radix, 2, 36, 'toString() radix');
  realm.meter.charge(base === 10 || Number.isSafeInteger(number) ? 4 : 80);
  return number.toString(base);
}

export const numberMethods = methodTable<number>([
  [
    'toFixed',
    1,
    (realm, number, [count]) => number.toFixed(digits(realm, count, 0, 100, 'toFixed() digits')),
  ],
  [
    'toPrecision',
    1,
    (realm, number, [count]) =>
      count === undefined || !Number.isFinite(number)
        ? String(number)
        : number.toPrecision(digits(realm, count, 1, 100, 'toPrecision()')),
  ],
  [
    'toExponential',
    1,
    (realm, number, [count]) =>
      number.toExponential(count === undefined ? undefined : digits(realm, count, 0, 100, 'toExponential()')),
  ],
  ['toString', 1, toRadix],
  ['toLocaleString', 0, (realm, number, [locale, options]) => formatNumber(realm, number, locale, options)],
  ['valueOf', 0, (_realm, number) => number],
]);

export const booleanMethods = methodTable<boolean>([
  ['toString', 0, (_realm, value) => String(value)],
  ['valueOf', 0, (_realm, value) => value],
]);

export const parseIntFunction = new NativeFunction('parseInt', 2, (realm, [text, radix]) => {
  const source = toText(realm, text);
  realm.meter.chargeText(source.length);
  return Number.parseInt(source, radix === undefined ? undefined : toInteger(realm, radix));
});

export const parseFloatFunction = new NativeFunction('parseFloat', 1, (realm, [text]) => {
  const source = toText(realm, text);
  realm.meter.chargeText(source.length);
  return Number.parseFloat(source);
});

/** `isNaN` and `isFinite`, which convert what they are given. */
export const globalNumberTests = functionTable([
  ['isNaN', 1, (realm, [value]) => Number.isNaN(toNumber(realm, value))],
  ['isFinite', 1, (realm, [value]) => Number.isFinite(toNumber(realm, value))],
]);

const constants: [string, Value][] = [
  ['EPSILON', Number.EPSILON],
  ['MAX_SAFE_INTEGER', Number.MAX_SAFE_INTEGER],
  ['MIN_SAFE_INTEGER', Number.MIN_SAFE_INTEGER],
  ['MAX_VALUE', Number.MAX_VALUE],
  ['MIN_VALUE', Number.MIN_VALUE],
  ['NaN', Number.NaN],
  ['POSITIVE_INFINITY', Number.POSITIVE_INFINITY],
  ['NEGATIVE_INFINITY', Number.NEGATIVE_INFINITY],
];

export const numberConstructor = new NativeFunction(
  'Number',
  1,
  (realm, args) => (args.length === 0 ? 0 : toNumber(realm, args[0])),
  {
    members: new Map([
      ...constants,
      ...functionTable([
        ['isNaN', 1, (_realm, [value]) => Number.isNaN(value)],
        ['isFinite', 1, (_realm, [value]) => Number.isFinite(value)],
        ['isInteger', 1, (_realm, [value]) => Number.isInteger(value)],
        ['isSafeInteger', 1, (_realm, [value]) => Number.isSafeInteger(value)],
      ]),
      ['parseInt', parseIntFunction],
      ['parseFloat', parseFloatFunction],
    ]),
  },
);

export const booleanConstructor = new NativeFunction('Boolean', 1, (_realm, [value]) => !!value);
