import {
  type Completion,
  type Frame,
  hostYield,
  resultSlot,
  returns,
  type Suspended,
} from '../compile/code.ts';
import type {Value} from '../values/value.ts';
import {GuestPromise, toPromise} from './promise.ts';
import type {Realm} from './realm.ts';
import {GuestThrow} from './signals.ts';
import {Task} from './task.ts';

/** Steps for what an asynchronous function that waits holds on to, and for each level of syntax that has to be resumed. */
const stepsPerCoroutine = 10;
const stepsPerLevel = 6;

/**
 * Runs the body of an asynchronous function up to its first wait, and the rest as what it waits for arrives.
 *
 * @param levels how deep in the body its waits are nested at most
 */
export function startCoroutine(
  realm: Realm,
  body: (frame: Frame) => Completion,
  frame: Frame,
  levels: number,
): GuestPromise {
  const coroutine = new Coroutine(realm, frame, levels);
  coroutine.start(body);
  return coroutine.promise;
}

class Coroutine {
  readonly promise: GuestPromise;
  readonly #realm: Realm;
  readonly #frame: Frame;
  readonly #task: Task;
  readonly #levels: number;

  constructor(realm: Realm, frame: Frame, levels: number) {
    this.#realm = realm;
    this.#levels = levels;
    this.#frame = frame;
    this.#task = new Task(realm.task);
    this.promise = new GuestPromise(realm, this.#task);
  }

  start(body: (frame: Frame) => Completion): void {
    this.#enter(() => {
      const completion = body(this.#frame);
      if (typeof completion === 'object') this.#suspend(completion);
      else this.#finish(completion);
    });
  }

  #suspend(suspended: Suspended): void {
    const slots = this.#frame.length;
    this.#realm.meter.charge(stepsPerCoroutine + stepsPerLevel * this.#levels + (slots >> 1));
    this.#follow(suspended, suspended.next());
  }

  #resume(suspended: Suspended, value: Value): void {
    this.#enter(() => this.#follow(suspended, suspended.next(value)));
  }

  #resumeThrowing(suspended: Suspended, reason: Value, start: number | undefined): void {
    this.#enter(() => this.#follow(suspended, suspended.throw(new GuestThrow(reason, start))));
  }

  // What the function starts while it runs is its own, and what it throws rejects its promise.
  #enter(work: () => void): void {
    const realm = this.#realm;
    const {task, meter} = realm;
    const {calls, levels} = meter;
    realm.task = this.#task;
    try {
      work();
    } catch (error) {
      if (!(error instanceof GuestThrow)) throw error;
      meter.calls = calls;
      meter.levels = levels;
      this.#task.finish();
      this.promise.reject(error.value, error.start);
    } finally {
      realm.task = task;
    }
  }

  #follow(suspended: Suspended, step: IteratorResult<Value | typeof hostYield, number>): void {
    if (step.done) {
      this.#finish(step.value);
    } else if (step.value === hostYield) {
      this.#realm.yields.push(() => this.#resume(suspended, undefined));
    } else {
      toPromise(this.#realm, step.value as Value).react(
        (value) => this.#resume(suspended, value),
        (reason, start) => this.#resumeThrowing(suspended, reason, start),
      );
    }
  }

  #finish(completion: number): void {
    this.#task.finish();
    this.promise.resolve(completion === returns ? (this.#frame[resultSlot] as Value) : undefined);
  }
}
