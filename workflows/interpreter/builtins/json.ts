import type {ProgramJson} from '../program.ts';
import type {Realm} from '../runtime/realm.ts';
import {toText} from '../values/convert.ts';
import {functionTable} from '../values/function.ts';
import {fromJson} from '../values/json.ts';
import {GuestObject, Namespace, type Value} from '../values/value.ts';
import {stringifyValue} from './json-text.ts';

const host = JSON;

// A tool's result is parsed already; models parse it once more, and would get an error about `[object Object]`.
function parse(realm: Realm, [text, reviver]: Value[]): Value {
  if (reviver !== undefined)
    realm.raise('TypeError', 'JSON.parse takes no reviver here: map over the result instead');
  if (Array.isArray(text) || text instanceof GuestObject) return text;
  const source = toText(realm, text);
  realm.meter.charge(source.length >> 2);
  let json: ProgramJson;
  try {
    json = host.parse(source);
  } catch {
    // The host's message isn't the same on every version of Node.
    const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source;
    return realm.raise('SyntaxError', `Not valid JSON: ${host.stringify(shown)}`);
  }
  return fromJson(realm, json);
}

/** `JSON`. */
export const jsonNamespace = new Namespace(
  'JSON',
  functionTable([
    ['parse', 2, parse],
    ['stringify', 3, (realm, [value, replacer, space]) => stringifyValue(realm, value, replacer, space)],
  ]),
);
