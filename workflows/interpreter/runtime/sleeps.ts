import type {CallOutcome, HostCall, ProgramHost} from '../program.ts';
import type {Source} from '../syntax/source.ts';
import {toNumber} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';
import {GuestToolError, type Value} from '../values/value.ts';
import {GuestPromise} from './promise.ts';
import type {Realm} from './realm.ts';
import {BudgetExceeded, GuestThrow} from './signals.ts';
import type {Cancellable, Task} from './task.ts';
import type {CallEvents} from './tool-calls.ts';

/** The longest sleep, in milliseconds: a day. */
const longest = 24 * 60 * 60 * 1000;

/** The sleeps of one program: waits of the host that are no tool calls. */
export class Sleeps {
  readonly #sleep: NonNullable<ProgramHost['sleep']>;
  readonly #source: Source;
  readonly #events: CallEvents;
  readonly #running = new Set<Sleep>();
  #count = 0;

  constructor(sleep: NonNullable<ProgramHost['sleep']>, source: Source, events: CallEvents) {
    this.#sleep = sleep;
    this.#source = source;
    this.#events = events;
  }

  /** How many have not ended yet. */
  get open(): number {
    return this.#running.size;
  }

  /** The global `sleep(milliseconds)`. */
  function(): NativeFunction {
    return new NativeFunction('sleep', 1, (realm, args) => {
      const promise = new GuestPromise(realm);
      try {
        this.#begin(realm, promise, args);
      } catch (error) {
        if (!(error instanceof GuestThrow)) throw error;
        promise.reject(error.value, error.start);
      }
      return promise;
    });
  }

  #begin(realm: Realm, promise: GuestPromise, [duration]: Value[]): void {
    if (realm.task.cancelled) realm.raise('CancelledError', `sleep was not started: ${realm.reasonToCancel}`);
    const milliseconds = Math.ceil(duration === undefined ? 0 : toNumber(realm, duration));
    if (milliseconds > longest)
      realm.raise('RangeError', `sleep takes at most ${longest} milliseconds, a day`);
    if (!(milliseconds > 0)) {
      promise.resolve(undefined);
      return;
    }
    this.#count += 1;
    const {sleeps} = realm.meter.budgets;
    if (this.#count > sleeps)
      throw new BudgetExceeded(`budget sleeps: the program slept more than ${sleeps} times`);
    const running = this.#sleep(milliseconds, this.#source.position(realm.position));
    const sleep = new Sleep(running, promise, realm);
    promise.work = sleep;
    this.#running.add(sleep);
    running.outcome.then((outcome) => this.#ended(sleep, outcome));
  }

  #ended(sleep: Sleep, outcome: CallOutcome): void {
    this.#running.delete(sleep);
    if (outcome.status === 'cancelled' && !sleep.cancelling) this.#events.aborted();
    this.#events.arrived(
      () => sleep.settle(outcome),
      () => {},
    );
  }

  cancelAll(): void {
    for (const sleep of this.#running) sleep.cancel();
  }
}

class Sleep implements Cancellable {
  cancelling = false;
  readonly #running: HostCall;
  readonly #promise: GuestPromise;
  readonly #task: Task;
  readonly #start: number;

  constructor(running: HostCall, promise: GuestPromise, {task, position}: Realm) {
    this.#running = running;
    this.#promise = promise;
    this.#task = task;
    this.#start = position;
    task.add(this);
  }

  cancel(): void {
    if (this.cancelling) return;
    this.cancelling = true;
    this.#running.cancel();
  }

  settle(outcome: CallOutcome): void {
    this.#task.remove(this);
    if (outcome.status === 'returned') {
      this.#promise.resolve(undefined);
      return;
    }
    const {name, message} =
      outcome.status === 'failed'
        ? outcome.failure
        : {name: 'CancelledError', message: 'sleep was cancelled'};
    const error = new GuestToolError('Error', message, this.#start);
    error.hidden.set('name', name);
    error.properties.set('tool', 'sleep');
    this.#promise.reject(error, this.#start);
  }
}
