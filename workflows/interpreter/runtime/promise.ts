import {GuestFunction, NativeFunction} from '../values/function.ts';
import {GuestEntity, GuestObject, type Value} from '../values/value.ts';
import type {Realm} from './realm.ts';
import {GuestThrow} from './signals.ts';
import type {Cancellable} from './task.ts';

export type PromiseState = 'pending' | 'fulfilled' | 'rejected';

/** Steps for a promise; its own memory and that of the job that settles it. */
const stepsPerPromise = 12;
/** Steps for what a promise has to remember of one reaction: two functions with what they use, and the job that calls one. */
const stepsPerReaction = 8;

interface Reaction {
  onFulfilled(value: Value): void;
  onRejected(reason: Value, start: number | undefined): void;
}

/** A promise of the program, with ECMAScript's order of reactions. It never is a promise of the host. */
export class GuestPromise extends GuestEntity {
  readonly className = 'Promise';
  state: PromiseState = 'pending';
  /** The value or the reason, once settled. */
  result: Value = undefined;
  /** Offset in the source of what rejected it. */
  start: number | undefined;
  /** Something reacts to its rejection. */
  handled = false;
  /** The work it stands for: what a failing sibling cancels. */
  work: Cancellable | undefined;
  /** Its work has been asked to stop. */
  cancelling = false;
  #resolved = false;
  #reactions: Reaction[] | undefined;
  readonly #realm: Realm;

  constructor(realm: Realm, work?: Cancellable) {
    super();
    realm.meter.charge(stepsPerPromise);
    this.#realm = realm;
    this.work = work;
  }

  /** ECMAScript's promise resolve function: adopts the state of a promise or thenable. Only the first call counts. */
  resolve(value: Value): void {
    if (this.#resolved) return;
    this.#resolved = true;
    this.#follow(value);
  }

  reject(reason: Value, start?: number): void {
    if (this.#resolved) return;
    this.#resolved = true;
    this.#fail(reason, start);
  }

  /** Calls one of the two as a job once settled. Marks a rejection as handled. */
  react(onFulfilled: Reaction['onFulfilled'], onRejected: Reaction['onRejected']): void {
    this.handled = true;
    this.#realm.meter.charge(stepsPerReaction);
    const reaction = {onFulfilled, onRejected};
    if (this.state !== 'pending') this.#schedule(reaction);
    else if (this.#reactions) this.#reactions.push(reaction);
    else this.#reactions = [reaction];
  }

  #follow(value: Value): void {
    if (value === this) {
      this.#failAsCycle();
      return;
    }
    const then = thenOf(value);
    if (then === undefined) this.#settle('fulfilled', value);
    else {
      // Whoever cancels this one means what it waits for from now on.
      if (value instanceof GuestPromise) this.work = value.work;
      this.#realm.jobs.add(() => this.#adopt(value, then));
    }
  }

  #fail(reason: Value, start: number | undefined): void {
    this.start = start;
    this.#settle('rejected', reason);
  }

  #failAsCycle(): void {
    try {
      this.#realm.raise('TypeError', 'Chaining cycle detected for promise');
    } catch (error) {
      if (!(error instanceof GuestThrow)) throw error;
      this.#fail(error.value, error.start);
    }
  }

  #settle(state: PromiseState, result: Value): void {
    this.state = state;
    this.result = result;
    const reactions = this.#reactions;
    this.#reactions = undefined;
    if (state === 'rejected' && !this.handled) this.#realm.rejections.add(this);
    if (reactions) for (const reaction of reactions) this.#schedule(reaction);
  }

  #schedule(reaction: Reaction): void {
    this.#realm.rejections.delete(this);
    this.#realm.jobs.add(() => {
      if (this.state === 'fulfilled') reaction.onFulfilled(this.result);
      else reaction.onRejected(this.result, this.start);
    });
  }

  #adopt(value: Value, then: GuestFunction | 'promise'): void {
    if (then === 'promise') {
      const inner = value as GuestPromise;
      inner.react(
        (result) => this.#settle('fulfilled', result),
        (reason, start) => this.#fail(reason, start),
      );
    } else this.#callThen(then);
  }

  // The thenable has the say now, once: whoever resolved this promise with it has none any more.
  #callThen(then: GuestFunction): void {
    let settled = false;
    const once = (settle: () => void): void => {
      if (settled) return;
      settled = true;
      settle();
    };
    const target = {
      resolve: (value: Value) => once(() => this.#follow(value)),
      reject: (reason: Value, start?: number) => once(() => this.#fail(reason, start)),
    };
    const {resolve, reject} = settlers(target);
    try {
      then.call(this.#realm, [resolve, reject]);
    } catch (error) {
      if (!(error instanceof GuestThrow)) throw error;
      target.reject(error.value, error.start);
    }
  }
}

/** The functions that a program gets to settle a promise with. */
export function settlers(promise: Pick<GuestPromise, 'resolve' | 'reject'>): {
  resolve: NativeFunction;
  reject: NativeFunction;
} {
  return {
    resolve: new NativeFunction('', 1, (_realm, [value]) => {
      promise.resolve(value);
      return undefined;
    }),
    reject: new NativeFunction('', 1, (realm, [reason]) => {
      promise.reject(reason, realm.position);
      return undefined;
    }),
  };
}

function thenOf(value: Value): GuestFunction | 'promise' | undefined {
  if (value instanceof GuestPromise) return 'promise';
  if (!(value instanceof GuestObject)) return undefined;
  const then = value.properties.get('then');
  return then instanceof GuestFunction ? then : undefined;
}

/** ECMAScript's PromiseResolve: the value itself where it is a promise. */
export function toPromise(realm: Realm, value: Value): GuestPromise {
  if (value instanceof GuestPromise) return value;
  const promise = new GuestPromise(realm);
  promise.resolve(value);
  return promise;
}

/** A promise that is rejected with what the code throws, or resolved with what it gives. */
export function settleWith(promise: GuestPromise, code: () => Value): void {
  try {
    promise.resolve(code());
  } catch (error) {
    if (!(error instanceof GuestThrow)) throw error;
    promise.reject(error.value, error.start);
  }
}
