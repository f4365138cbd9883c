import {memberOf} from '../builtins/methods.ts';
import {GuestFunction, NativeFunction} from '../values/function.ts';
import {Namespace, type Value} from '../values/value.ts';

/** The members that a built-in has of its own: `max` of `Math`. */
export function ownMembers(builtIn: Value): string[] {
  if (builtIn instanceof Namespace) return [...builtIn.members.keys()];
  return builtIn instanceof NativeFunction ? [...(builtIn.extras.members?.keys() ?? [])] : [];
}

/** Whether a built-in has a member. A tool's result may have any, so only namespaces and functions are asked. */
export function hasMember(builtIn: Value, name: string): boolean {
  if (builtIn instanceof Namespace) return builtIn.members.has(name);
  if (!(builtIn instanceof GuestFunction)) return true;
  return (
    name === 'name' ||
    name === 'length' ||
    ownMembers(builtIn).includes(name) ||
    memberOf(builtIn, name) !== undefined
  );
}
