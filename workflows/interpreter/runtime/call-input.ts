import type {ProgramJson} from '../program.ts';
import type {ToolParameters} from '../tool-parameters.ts';
import {isReference} from '../values/convert.ts';
import {NotPlainData, toJson} from '../values/json.ts';
import {GuestError, GuestObject, type Value} from '../values/value.ts';
import type {Realm} from './realm.ts';

/**
 * The object that a tool is called with. A lone value is taken as the parameter that it must mean, no argument as an empty
 * object, and what `paths.map(read_file)` adds to each item is left out.
 *
 * @throws GuestThrow where the arguments can mean nothing that the tool takes
 */
export function inputOf(realm: Realm, tool: string, args: Value[], parameters: ToolParameters): ProgramJson {
  const [input, ...others] = isMapping(args) ? args.slice(0, 1) : args;
  if (others.length > 0) return refuse(realm, tool, parameters);
  if (input === undefined) {
    return parameters.required(tool).length === 0 ? {} : refuse(realm, tool, parameters);
  }
  if (input instanceof GuestObject && !(input instanceof GuestError))
    return plain(realm, tool, input, 'input');
  const single = parameters.single(tool);
  if (single === undefined || input === null || (isReference(input) && !Array.isArray(input))) {
    return refuse(realm, tool, parameters);
  }
  return {[single]: plain(realm, tool, input, `input.${single}`)};
}

/** Whether these are the arguments that `map` and `forEach` call their function with: item, index and array. */
function isMapping(args: Value[]): boolean {
  const [item, index, array] = args;
  return (
    args.length === 3 && typeof index === 'number' && Array.isArray(array) && Object.is(array[index], item)
  );
}

function plain(realm: Realm, tool: string, value: Value, path: string): ProgramJson {
  try {
    return toJson(realm, value, path);
  } catch (error) {
    if (!(error instanceof NotPlainData)) throw error;
    return realm.raise('TypeError', `${tool}: ${error.message}. ${error.hint ?? ''}`.trim());
  }
}

function refuse(realm: Realm, tool: string, parameters: ToolParameters): never {
  return realm.raise('TypeError', `${tool} takes one object: ${parameters.call(tool)}`);
}
