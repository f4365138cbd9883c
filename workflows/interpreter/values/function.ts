import type {Realm} from '../runtime/realm.ts';
import {GuestEntity, type Value} from './value.ts';

/** Anything that a program can call. */
export abstract class GuestFunction extends GuestEntity {
  readonly className = 'Function';
  abstract readonly name: string;
  /** How many parameters it declares. */
  abstract readonly length: number;
  /** @throws GuestThrow when the function throws */
  abstract call(realm: Realm, args: Value[]): Value;

  /** `call` with one argument; functions of the program take it without a list. */
  call1(realm: Realm, first: Value): Value {
    return this.call(realm, [first]);
  }

  /** `call` with two arguments. */
  call2(realm: Realm, first: Value, second: Value): Value {
    return this.call(realm, [first, second]);
  }

  /** `call` with three arguments. */
  call3(realm: Realm, first: Value, second: Value, third: Value): Value {
    return this.call(realm, [first, second, third]);
  }
}

/** The code of a built-in function. */
export type NativeCode = (realm: Realm, args: Value[]) => Value;

/** What a built-in that can be used with `new`, `instanceof` or a dot has besides its code. */
export interface NativeExtras {
  construct?: NativeCode;
  isInstance?: (value: Value) => boolean;
  members?: ReadonlyMap<string, Value>;
}

const noExtras: NativeExtras = Object.freeze({});

/** A built-in function or constructor. It has no state, so all programs share it. */
export class NativeFunction extends GuestFunction {
  readonly name: string;
  readonly length: number;
  readonly code: NativeCode;
  readonly extras: NativeExtras;

  constructor(name: string, length: number, code: NativeCode, extras: NativeExtras = noExtras) {
    super();
    this.name = name;
    this.length = length;
    this.code = code;
    this.extras = extras;
  }

  call(realm: Realm, args: Value[]): Value {
    return this.code(realm, args);
  }
}

/** The code of a built-in method. The receiver has been checked to be of the method's type. */
export type MethodCode<Receiver extends Value> = (realm: Realm, receiver: Receiver, args: Value[]) => Value;

/** A method of a built-in type. It works only where it is called on its object: the language has no `this`. */
export class GuestMethod extends GuestFunction {
  readonly name: string;
  readonly length: number;
  readonly code: MethodCode<never>;

  constructor(name: string, length: number, code: MethodCode<never>) {
    super();
    this.name = name;
    this.length = length;
    this.code = code;
  }

  /** Calls it on a receiver that came from the table of methods which this method is in. */
  apply(realm: Realm, receiver: Value, args: Value[]): Value {
    return this.code(realm, receiver as never, args);
  }

  call(realm: Realm): Value {
    return realm.raise(
      'TypeError',
      `${this.name} was taken from its object; call it as object.${this.name}(…)`,
    );
  }
}

/** Makes the method table of a type. */
export function methodTable<Receiver extends Value>(
  methods: readonly (readonly [name: string, length: number, code: MethodCode<Receiver>])[],
): ReadonlyMap<string, GuestMethod> {
  return new Map(
    methods.map(([name, length, code]) => [name, new GuestMethod(name, length, code as MethodCode<never>)]),
  );
}

/** Makes the members of a constructor or namespace. */
export function functionTable(
  functions: readonly (readonly [name: string, length: number, code: NativeCode])[],
): Map<string, Value> {
  return new Map(functions.map(([name, length, code]) => [name, new NativeFunction(name, length, code)]));
}
