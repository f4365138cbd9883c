import {startCoroutine} from '../runtime/coroutine.ts';
import type {Realm} from '../runtime/realm.ts';
import {GuestFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {
  type Box,
  type Completion,
  capturesSlot,
  type Expression,
  type Frame,
  firstParameterSlot,
  resultSlot,
  returns,
} from './code.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const HostArray = Array;

/**
 * Frames up to this size are all made with it: the host makes an array of a known size in place. Not those of asynchronous
 * functions, which pay for their frame by its size.
 */
const smallFrame = 6;

/** What all closures of one function in the source share. */
export interface FunctionCode {
  name: string;
  /** Parameters before the first one with a default or rest. */
  length: number;
  slots: number;
  /** Levels of the host's stack that a call may take, in units of syntax depth. */
  levels: number;
  steps: number;
  /** How deep in its body its waits are nested. */
  waitLevels: number;
  async: boolean;
  /** How many parameters there are, where arguments can be put right into their slots; -1 where they have to be bound. */
  plainParameters: number;
  bindParameters: (frame: Frame, args: Value[], self: Closure) => void;
  body: (frame: Frame) => Completion;
  /** The body where it is an expression that can't wait. */
  expression: Expression | undefined;
}

/** A function that the program made. */
export class Closure extends GuestFunction {
  readonly code: FunctionCode;
  readonly captures: Box[];

  constructor(code: FunctionCode, captures: Box[]) {
    super();
    this.code = code;
    this.captures = captures;
  }

  get name(): string {
    return this.code.name;
  }

  get length(): number {
    return this.code.length;
  }

  call(realm: Realm, args: Value[]): Value {
    const {code} = this;
    const {meter} = realm;
    const frame = this.#frame();
    meter.charge(code.steps);
    meter.enter(code.levels);
    const result = code.async ? this.#start(realm, frame, args) : this.#run(frame, args);
    meter.leave(code.levels);
    return result;
  }

  override call1(realm: Realm, first: Value): Value {
    const {plainParameters} = this.code;
    if (plainParameters < 0) return this.call(realm, [first]);
    const frame = this.#frame();
    if (plainParameters > 0) frame[firstParameterSlot] = first;
    return this.#runFrame(realm, frame);
  }

  override call2(realm: Realm, first: Value, second: Value): Value {
    const {plainParameters} = this.code;
    if (plainParameters < 0) return this.call(realm, [first, second]);
    const frame = this.#frame();
    if (plainParameters > 0) frame[firstParameterSlot] = first;
    if (plainParameters > 1) frame[firstParameterSlot + 1] = second;
    return this.#runFrame(realm, frame);
  }

  override call3(realm: Realm, first: Value, second: Value, third: Value): Value {
    const {plainParameters} = this.code;
    if (plainParameters < 0) return this.call(realm, [first, second, third]);
    const frame = this.#frame();
    if (plainParameters > 0) frame[firstParameterSlot] = first;
    if (plainParameters > 1) frame[firstParameterSlot + 1] = second;
    if (plainParameters > 2) frame[firstParameterSlot + 2] = third;
    return this.#runFrame(realm, frame);
  }

  #frame(): Frame {
    const {slots, async} = this.code;
    const isSmall = slots <= smallFrame && !async;
    const frame: Frame = isSmall ? new HostArray(smallFrame) : new HostArray(slots);
    frame[capturesSlot] = this.captures;
    return frame;
  }

  /** Runs the body over a frame that holds its parameters. */
  #runFrame({meter}: Realm, frame: Frame): Value {
    const {code} = this;
    meter.charge(code.steps);
    meter.enter(code.levels);
    const result = this.#body(frame);
    meter.leave(code.levels);
    return result;
  }

  #run(frame: Frame, args: Value[]): Value {
    this.code.bindParameters(frame, args, this);
    return this.#body(frame);
  }

  #body(frame: Frame): Value {
    const {code} = this;
    if (code.expression) return code.expression(frame);
    return code.body(frame) === returns ? (frame[resultSlot] as Value) : undefined;
  }

  // What a parameter's default throws rejects the promise too, so parameters are bound inside the coroutine.
  #start(realm: Realm, frame: Frame, args: Value[]): Value {
    const {code} = this;
    const body = (own: Frame): Completion => {
      code.bindParameters(own, args, this);
      return code.body(own);
    };
    return startCoroutine(realm, body, frame, code.waitLevels);
  }
}
