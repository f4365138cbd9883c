import type {ProgramHost} from '../program.ts';
import {toText} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';
import {fromJson} from '../values/json.ts';
import type {Value} from '../values/value.ts';
import {consoleNamespace} from './console.ts';
import {errorConstructors} from './error.ts';
import {gatherFunction, promiseConstructor} from './promise.ts';

const builtIns: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['Promise', promiseConstructor],
  ['gather', gatherFunction],
  ['console', consoleNamespace],
  ...errorConstructors,
]);

/** The global names of a program: the built-ins, the tools, and `search_tools` where the host has it. */
export function makeGlobals(
  tools: ReadonlyMap<string, Value>,
  host: ProgramHost,
): ReadonlyMap<string, Value> {
  const globals = new Map([...builtIns, ...tools]);
  if (host.searchTools) globals.set('search_tools', searchFunction(host));
  return globals;
}

function searchFunction(host: ProgramHost): NativeFunction {
  return new NativeFunction('search_tools', 1, (realm, [query]) => {
    return fromJson(realm, host.searchTools?.(toText(realm, query)) ?? []);
  });
}
