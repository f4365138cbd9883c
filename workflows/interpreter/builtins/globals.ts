import type {ProgramHost} from '../program.ts';
import {toText} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';
import {fromJson} from '../values/json.ts';
import type {Value} from '../values/value.ts';
import {arrayConstructor} from './array-statics.ts';
import {consoleNamespace} from './console.ts';
import {dateConstructor} from './date.ts';
import {errorConstructors} from './error.ts';
import {gatherFunction} from './gather.ts';
import {jsonNamespace} from './json.ts';
import {mapConstructor, setConstructor} from './map-set.ts';
import {mathNamespace} from './math.ts';
import {
  booleanConstructor,
  globalNumberTests,
  numberConstructor,
  parseFloatFunction,
  parseIntFunction,
} from './number.ts';
import {objectConstructor} from './object-statics.ts';
import {promiseConstructor} from './promise.ts';
import {regExpConstructor} from './regexp.ts';
import {searchParamsConstructor} from './search-params.ts';
import {stringConstructor} from './string-statics.ts';
import {structuredCloneFunction} from './structured-clone.ts';
import {uriFunctions} from './uri.ts';
import {urlConstructor} from './url.ts';

const builtIns: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['Object', objectConstructor],
  ['Array', arrayConstructor],
  ['String', stringConstructor],
  ['Number', numberConstructor],
  ['Boolean', booleanConstructor],
  ['Map', mapConstructor],
  ['Set', setConstructor],
  ['RegExp', regExpConstructor],
  ['Promise', promiseConstructor],
  ['Date', dateConstructor],
  ['URL', urlConstructor],
  ['URLSearchParams', searchParamsConstructor],
  ['Math', mathNamespace],
  ['JSON', jsonNamespace],
  ['parseInt', parseIntFunction],
  ['parseFloat', parseFloatFunction],
  ['structuredClone', structuredCloneFunction],
  ...globalNumberTests,
  ...uriFunctions,
  ['gather', gatherFunction],
  ['console', consoleNamespace],
  ...errorConstructors,
]);

/** The global names of a program: the built-ins, the tools, and what the host has besides: `search_tools`, `sleep`. */
export function makeGlobals(
  tools: ReadonlyMap<string, Value>,
  host: ProgramHost,
  sleep?: NativeFunction,
): ReadonlyMap<string, Value> {
  const globals = new Map([...builtIns, ...tools]);
  if (sleep) globals.set('sleep', sleep);
  if (host.searchTools) globals.set('search_tools', searchFunction(host));
  return globals;
}

function searchFunction(host: ProgramHost): NativeFunction {
  return new NativeFunction('search_tools', 1, (realm, [query]) => {
    return fromJson(realm, host.searchTools?.(toText(realm, query)) ?? []);
  });
}
