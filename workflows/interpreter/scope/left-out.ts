const noClock = 'Programs have no clock: a tool has to tell the time.';
const noTimers = 'Wait with await sleep(milliseconds).';
const noHost = 'Only tools reach the outside world.';
const noModules = 'Tools and built-ins are global.';
const noReflection = 'Use plain objects, arrays, Map and Set.';
const noBytes = 'Use an array of numbers, or a tool for binary data.';
const noEncoding = 'Texts are enough here; a tool has to encode for others.';
const noRandomness = 'Programs have no randomness: they must replay to the same calls.';
const noAborting = 'gather(…) cancels the other calls where one fails; nothing else has to be aborted.';
const noEvents = 'Await the calls themselves.';
const noStreams = 'Tools return whole values.';
const noPrototypes =
  'Objects have no prototypes and no property descriptors here: use plain objects and functions.';

/** Names that JavaScript has somewhere and programs have not, by what to do instead. */
const names: readonly (readonly [hint: string, names: string])[] = [
  [noClock, 'performance Temporal'],
  [
    noTimers,
    'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate requestAnimationFrame',
  ],
  ['Use Promise.resolve().then(…).', 'queueMicrotask'],
  ['Use toLocaleString of a number, localeCompare and padStart.', 'Intl'],
  ['Write the code out.', 'eval'],
  ['Write the function out.', 'Function AsyncFunction GeneratorFunction'],
  [noModules, 'require __dirname __filename fs path os http https child_process lodash axios'],
  ['Use `return` to give the result.', 'module exports'],
  [noHost, 'process global globalThis window self document navigator location history alert prompt confirm'],
  [noHost, 'fetch XMLHttpRequest WebSocket EventSource Request Response Headers FormData Buffer WebAssembly'],
  [noHost, 'localStorage sessionStorage indexedDB caches Worker SharedWorker Deno Bun reportError'],
  [noRandomness, 'crypto Crypto CryptoKey SubtleCrypto'],
  [noAborting, 'AbortController AbortSignal'],
  [
    noEvents,
    'Event EventTarget EventEmitter CustomEvent MessageChannel MessagePort MessageEvent BroadcastChannel',
  ],
  [
    noStreams,
    'ReadableStream WritableStream TransformStream CompressionStream DecompressionStream Blob File FileReader',
  ],
  [noEncoding, 'btoa atob TextEncoder TextDecoder'],
  ['Use encodeURIComponent or decodeURIComponent.', 'escape unescape'],
  ['Use Error with a `name` of its own.', 'DOMException SuppressedError'],
  [noReflection, 'Symbol Proxy Reflect Iterator URLPattern DisposableStack AsyncDisposableStack'],
  ['Use a Map, or an object.', 'WeakMap'],
  ['Use a Set.', 'WeakSet'],
  ['Keep the value itself.', 'WeakRef FinalizationRegistry'],
  ['Use a number, or a string of digits.', 'BigInt'],
  [
    noBytes,
    'ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array',
  ],
  [
    noBytes,
    'Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array',
  ],
];

/** Members that JavaScript's built-ins have and those of programs have not, by what to do instead. */
const members: readonly (readonly [hint: string, names: string])[] = [
  [noRandomness, 'Math.random'],
  ['Use await Promise.all(…) for an array of promises, or a loop with await.', 'Array.fromAsync'],
  ['Objects are never sealed here; Object.freeze is there.', 'Object.seal Object.isSealed'],
  ['Objects are never sealed here; Object.freeze is there.', 'Object.preventExtensions Object.isExtensible'],
  [noPrototypes, 'Object.getPrototypeOf Object.setPrototypeOf Object.defineProperty Object.defineProperties'],
  [
    noPrototypes,
    'Object.getOwnPropertyDescriptor Object.getOwnPropertyDescriptors Object.getOwnPropertySymbols',
  ],
  ['Errors have no frames here: their `stack` is their name and message.', 'Error.captureStackTrace'],
  ['Errors have no frames here: their `stack` is their name and message.', 'Error.stackTraceLimit'],
  ['Use a plain template string.', 'String.raw'],
  ['Put a backslash in front of each special character.', 'RegExp.escape'],
  ['JSON has no raw texts here: build the value and call JSON.stringify.', 'JSON.rawJSON JSON.isRawJSON'],
  [`${noClock} Dates with arguments are there: new Date(text).`, 'Date.now'],
  [noHost, 'URL.createObjectURL URL.revokeObjectURL'],
  [noClock, 'console.time console.timeEnd console.timeLog console.timeStamp'],
];

/** What to do instead of a global of JavaScript that programs don't have, by its name. */
export const leftOutNames: ReadonlyMap<string, string> = byName(names);

/** What to do instead of a member that programs don't have, by `Namespace.member`. */
export function leftOutMember(namespace: string, member: string): string | undefined {
  if (member === 'prototype')
    return 'Call the method on a value: [].slice.call(x), Object.hasOwn(object, key).';
  return leftOutMembers.get(`${namespace}.${member}`);
}

const leftOutMembers = byName(members);

function byName(groups: typeof names): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(([hint, list]) => list.split(' ').map((name) => [name, hint] as const)));
}
