import type {Meter} from '../budgets.ts';
import {GuestError, type Value} from '../values/value.ts';
import type {JobQueue} from './jobs.ts';
import {GuestThrow} from './signals.ts';
import type {Task} from './task.ts';

/** What rejected a promise, and where in the source; undefined where it is not known. */
export interface Rejection {
  readonly result: Value;
  readonly start: number | undefined;
}

/** The state of one running program, as far as its code needs it. */
export class Realm {
  readonly meter: Meter;
  readonly jobs: JobQueue;
  readonly console: string[] = [];
  /** Characters in `console`. */
  consoleSize = 0;
  /** How many `console.group`s are open. */
  consoleDepth = 0;
  /** How often `console.count` was called, by label. */
  readonly counters = new Map<string, number>();
  /** Offset in the source of the call that runs now; what built-ins report when they throw. */
  position = 0;
  /** Functions to resume after the next yield to the host. */
  yields: (() => void)[] = [];
  /** What to do, oldest first, where the program would wait for ever. */
  readonly giveUps: (() => void)[] = [];
  /** Promises that were rejected while nothing reacted to it. */
  readonly rejections = new Set<Rejection>();
  /** The program has its value: what it left in flight is cancelled. */
  ended = false;
  /** What `Object.freeze` was used on; undefined while nothing was. */
  frozen: WeakSet<object> | undefined;
  /** Arrays being turned into text, so that one that contains itself ends. */
  readonly joining: Value[][] = [];
  /** The asynchronous function that runs now. */
  task: Task;

  /** What a value of a built-in type has under a name besides its own properties. */
  readonly memberOf: (receiver: Value, name: string) => Value;

  constructor(memberOf: (receiver: Value, name: string) => Value, meter: Meter, jobs: JobQueue, task: Task) {
    this.memberOf = memberOf;
    this.meter = meter;
    this.jobs = jobs;
    this.task = task;
  }

  /** Why something is cancelled or not started, in words. */
  get reasonToCancel(): string {
    return this.ended ? 'the program ended without awaiting it' : 'a sibling failed';
  }

  /** Throws a guest error of a built-in type from the current position, or from the given one. */
  raise(type: string, message: string, start: number = this.position): never {
    this.meter.chargeObject(12);
    this.meter.chargeThrow();
    throw new GuestThrow(new GuestError(type, message, start), start);
  }
}
