import type {Realm} from '../runtime/realm.ts';
import {toNumber} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';
import {Namespace, type Value} from '../values/value.ts';

type NumberFunction = (...numbers: number[]) => number;

/** What of the host's `Math` a program has: everything that depends on nothing but its arguments. */
const functions: [string, number][] = [
  ...(
    'abs acos acosh asin asinh atan atanh cbrt ceil clz32 cos cosh exp expm1 floor fround log log10 log1p log2 round ' +
    'sign sin sinh sqrt tan tanh trunc'
  )
    .split(' ')
    .map((name): [string, number] => [name, 1]),
  ['atan2', 2],
  ['hypot', 2],
  ['imul', 2],
  ['max', 2],
  ['min', 2],
  ['pow', 2],
];

const constants = ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'];

const host = Math as unknown as Record<string, NumberFunction & number>;

/** `Math` without `random`. */
export const mathNamespace = new Namespace(
  'Math',
  new Map<string, Value>([
    ...constants.map((name): [string, Value] => [name, host[name] as number]),
    ...functions.map(([name, length]): [string, Value] => [name, mathFunction(name, length)]),
  ]),
);

/** Arguments of the host lie on its stack, so many of them are refused. */
const mostArguments = 50_000;

function numbersOf(realm: Realm, args: Value[]): number[] {
  if (args.length > mostArguments) {
    realm.raise('RangeError', `Too many arguments: ${args.length}. Use a loop or reduce.`);
  }
  return args.map((value) => toNumber(realm, value));
}

function mathFunction(name: string, length: number): NativeFunction {
  const operate = host[name] as NumberFunction;
  return new NativeFunction(name, length, (realm, args) => {
    if (args.length === 1) return operate(toNumber(realm, args[0]));
    realm.meter.charge(2 * args.length);
    return operate(...numbersOf(realm, args));
  });
}
