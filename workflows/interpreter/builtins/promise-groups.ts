import {GuestPromise, toPromise} from '../runtime/promise.ts';
import type {Realm} from '../runtime/realm.ts';
import {GuestThrow} from '../runtime/signals.ts';
import {openWork} from '../runtime/task.ts';
import {listItems} from '../values/iterate.ts';
import {GuestError, GuestObject, type Value} from '../values/value.ts';

// As in ECMAScript none of these cancels anything: what has lost or is not waited for any more goes on.

/** `Promise.all`: fails as soon as one member does. */
export function all(realm: Realm, [iterable]: Value[]): GuestPromise {
  return groupOf(realm, iterable, (group, members) => {
    const values: Value[] = new Array(members.length);
    let open = members.length;
    const fail = (reason: Value, start: number | undefined) => group.reject(reason, start);
    members.forEach((member, index) => {
      member.react((value) => {
        values[index] = value;
        open -= 1;
        if (open === 0) group.resolve(values);
      }, fail);
    });
    if (members.length === 0) group.resolve(values);
  });
}

export function allSettled(realm: Realm, [iterable]: Value[]): GuestPromise {
  return groupOf(realm, iterable, (group, members) => {
    const results: Value[] = new Array(members.length);
    let open = members.length;
    const settle = (index: number, status: string, name: string, value: Value) => {
      const result = new GuestObject();
      result.properties.set('status', status);
      result.properties.set(name, value);
      results[index] = result;
      open -= 1;
      if (open === 0) group.resolve(results);
    };
    members.forEach((member, index) => {
      member.react(
        (value) => settle(index, 'fulfilled', 'value', value),
        (reason) => settle(index, 'rejected', 'reason', reason),
      );
    });
    if (members.length === 0) group.resolve(results);
  });
}

export function race(realm: Realm, [iterable]: Value[]): GuestPromise {
  return groupOf(realm, iterable, (group, members) => {
    const win = (value: Value) => group.resolve(value);
    const fail = (reason: Value, start: number | undefined) => group.reject(reason, start);
    for (const member of members) member.react(win, fail);
  });
}

export function any(realm: Realm, [iterable]: Value[]): GuestPromise {
  const start = realm.position;
  return groupOf(realm, iterable, (group, members) => {
    const reasons: Value[] = new Array(members.length);
    let open = members.length;
    const win = (value: Value) => group.resolve(value);
    const lose = () => {
      const error = new GuestError('AggregateError', 'All promises were rejected', start);
      error.hidden.set('errors', reasons);
      group.reject(error, start);
    };
    members.forEach((member, index) => {
      member.react(win, (reason) => {
        reasons[index] = reason;
        open -= 1;
        if (open === 0) lose();
      });
    });
    if (members.length === 0) lose();
  });
}

/**
 * A promise for several; what goes wrong while they are collected rejects it. Whoever cancels it cancels those that are
 * still open.
 */
export function groupOf(
  realm: Realm,
  iterable: Value,
  begin: (group: GuestPromise, members: GuestPromise[]) => void,
): GuestPromise {
  const group = new GuestPromise(realm);
  try {
    const items = listItems(realm, iterable, realm.position);
    const members = items.map((item) => toPromise(realm, item));
    group.work = {cancel: (queue) => queue.push(...openWork(members))};
    begin(group, members);
  } catch (error) {
    if (!(error instanceof GuestThrow)) throw error;
    group.reject(error.value, error.start);
  }
  return group;
}
