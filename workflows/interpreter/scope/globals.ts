import {Refused} from '../failure.ts';
import type {Value} from '../values/value.ts';
import type {ScopeTable} from './binding.ts';

const noClock = 'Programs have no clock: a tool has to tell the time, and waiting is what tools do.';
const noDate =
  'Programs have no clock: a tool has to tell the time. Take dates apart as text, or as numbers.';
const noHost = 'Only tools reach the outside world.';
const noReflection = 'Use plain objects, arrays, Map and Set.';
const asRecord = 'Use a Map, or an object.';

/** Globals of JavaScript that programs don't have, and why. */
const leftOut: ReadonlyMap<string, string> = new Map([
  ['Date', noDate],
  ['setTimeout', noClock],
  ['setInterval', noClock],
  ['setImmediate', noClock],
  ['queueMicrotask', 'Use Promise.resolve().then(…).'],
  ['performance', noClock],
  ['Intl', 'Use toLocaleString of a number, localeCompare and padStart.'],
  ['eval', 'Write the code out.'],
  ['Function', 'Write the function out.'],
  ['require', 'Tools and built-ins are global.'],
  ['module', 'Use `return` to give the result.'],
  ['exports', 'Use `return` to give the result.'],
  ['process', noHost],
  ['global', noHost],
  ['globalThis', noHost],
  ['window', noHost],
  ['self', noHost],
  ['document', noHost],
  ['fetch', noHost],
  ['Buffer', noHost],
  ['crypto', 'Programs have no randomness: they must replay to the same calls.'],
  ['WebAssembly', noHost],
  ['Symbol', noReflection],
  ['Proxy', noReflection],
  ['Reflect', noReflection],
  ['WeakMap', asRecord],
  ['WeakSet', 'Use a Set.'],
  ['WeakRef', 'Keep the value itself.'],
  ['BigInt', 'Use a number, or a string of digits.'],
  ['ArrayBuffer', 'Use an array of numbers.'],
  ['SharedArrayBuffer', 'Use an array of numbers.'],
  ['DataView', 'Use an array of numbers.'],
  ['Atomics', 'Use an array of numbers.'],
  ['Uint8Array', 'Use an array of numbers.'],
]);

/**
 * Refuses names that can't exist in a program, unless the program declares them itself.
 *
 * @throws Refused with kind `UnsupportedSyntax`
 */
export function checkGlobals(scopes: ScopeTable, globals: ReadonlyMap<string, Value>): void {
  for (const {name, start} of scopes.globals) {
    const hint = leftOut.get(name);
    if (hint && !globals.has(name)) {
      throw new Refused('UnsupportedSyntax', `\`${name}\` is not available in programs`, start, hint);
    }
  }
}
