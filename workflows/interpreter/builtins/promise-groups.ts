import {GuestPromise, toPromise} from '../runtime/promise.ts';
import type {Realm} from '../runtime/realm.ts';
import {GuestThrow} from '../runtime/signals.ts';
import {type Cancellable, cancelAll} from '../runtime/task.ts';
import {listItems} from '../values/iterate.ts';
import {GuestError, GuestObject, type Value} from '../values/value.ts';

/** `Promise.all`: on the first failure cancels the others, waits until they have stopped, then fails. */
export function all(realm: Realm, [iterable]: Value[]): GuestPromise {
  return attempt(realm, (group) => {
    const members = membersOf(realm, iterable);
    const values: Value[] = new Array(members.length);
    let open = members.length;
    let failure: {reason: Value; start: number | undefined} | undefined;
    group.work = {cancel: (queue) => queue.push(...openWork(members))};
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

/** `gather(a, b)`: `Promise.all` of its arguments, or of the one array that it is given. */
export function gather(realm: Realm, args: Value[]): GuestPromise {
  const [only] = args;
  return all(realm, args.length === 1 && Array.isArray(only) ? [only] : [args]);
}

export function allSettled(realm: Realm, [iterable]: Value[]): GuestPromise {
  return attempt(realm, (group) => {
    const members = membersOf(realm, iterable);
    const results: Value[] = new Array(members.length);
    let open = members.length;
    group.work = {cancel: (queue) => queue.push(...openWork(members))};
    const settle = (index: number, entries: [string, Value][]) => {
      results[index] = record(entries);
      open -= 1;
      if (open === 0) group.resolve(results);
    };
    members.forEach((member, index) => {
      member.react(
        (value) =>
          settle(index, [
            ['status', 'fulfilled'],
            ['value', value],
          ]),
        (reason) =>
          settle(index, [
            ['status', 'rejected'],
            ['reason', reason],
          ]),
      );
    });
    if (members.length === 0) group.resolve(results);
  });
}

/** `Promise.race`: the losers are cancelled. */
export function race(realm: Realm, [iterable]: Value[]): GuestPromise {
  return attempt(realm, (group) => {
    const members = membersOf(realm, iterable);
    group.work = {cancel: (queue) => queue.push(...openWork(members))};
    for (const member of members) {
      member.react(
        (value) => {
          group.resolve(value);
          cancelAll(openWork(members));
        },
        (reason, start) => {
          group.reject(reason, start);
          cancelAll(openWork(members));
        },
      );
    }
  });
}

/** `Promise.any`: the losers are cancelled. */
export function any(realm: Realm, [iterable]: Value[]): GuestPromise {
  return attempt(realm, (group) => {
    const members = membersOf(realm, iterable);
    const reasons: Value[] = new Array(members.length);
    let open = members.length;
    group.work = {cancel: (queue) => queue.push(...openWork(members))};
    const start = realm.position;
    const lose = () => {
      const error = new GuestError('AggregateError', 'All promises were rejected', start);
      error.hidden.set('errors', reasons);
      group.reject(error, start);
    };
    members.forEach((member, index) => {
      member.react(
        (value) => {
          group.resolve(value);
          cancelAll(openWork(members));
        },
        (reason) => {
          reasons[index] = reason;
          open -= 1;
          if (open === 0) lose();
        },
      );
    });
    if (members.length === 0) lose();
  });
}

/** A promise for a group; what goes wrong while its members are collected rejects it. */
function attempt(realm: Realm, begin: (group: GuestPromise) => void): GuestPromise {
  const group = new GuestPromise(realm);
  try {
    begin(group);
  } catch (error) {
    if (!(error instanceof GuestThrow)) throw error;
    group.reject(error.value, error.start);
  }
  return group;
}

function membersOf(realm: Realm, iterable: Value): GuestPromise[] {
  return listItems(realm, iterable, realm.position).map((item) => toPromise(realm, item));
}

/** The work of the members that are still open, each given once. */
function openWork(members: GuestPromise[]): Cancellable[] {
  const work: Cancellable[] = [];
  for (const member of members) {
    if (member.state !== 'pending' || member.cancelling || !member.work) continue;
    member.cancelling = true;
    work.push(member.work);
  }
  return work;
}

function record(entries: [string, Value][]): GuestObject {
  const object = new GuestObject();
  for (const [key, value] of entries) object.properties.set(key, value);
  return object;
}
