import type {GuestPromise} from '../runtime/promise.ts';
import type {Realm} from '../runtime/realm.ts';
import {cancelAll, openWork} from '../runtime/task.ts';
import {NativeFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {groupOf} from './promise-groups.ts';

/**
 * Waits for all its members. On the first failure it cancels the others, waits until they have stopped, then fails: the one
 * group that cancels.
 */
function gather(realm: Realm, args: Value[]): GuestPromise {
  const [only] = args;
  return groupOf(realm, args.length === 1 && Array.isArray(only) ? only : args, (group, members) => {
    const values: Value[] = new Array(members.length);
    let open = members.length;
    let failure: {reason: Value; start: number | undefined} | undefined;
    const settled = () => {
      open -= 1;
      if (open > 0) return;
      if (failure) group.reject(failure.reason, failure.start);
      else group.resolve(values);
    };
    const fail = (reason: Value, start: number | undefined) => {
      if (!failure) {
        failure = {reason, start};
        realm.giveUps.push(() => group.reject(reason, start));
        cancelAll(openWork(members));
      }
      settled();
    };
    members.forEach((member, index) => {
      member.react((value) => {
        values[index] = value;
        settled();
      }, fail);
    });
    if (members.length === 0) group.resolve(values);
  });
}

/** `gather(a, b, …)` and `gather([a, b, …])`. */
export const gatherFunction = new NativeFunction('gather', 0, gather);
