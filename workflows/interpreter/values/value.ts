import type {NumberKeys} from './number-keys.ts';

/**
 * What a program can hold. Guest values never are host objects with behaviour: an array is a plain host array that
 * only our own functions touch, everything else on the heap is a `GuestEntity`.
 */
export type Value = undefined | null | boolean | number | string | Value[] | GuestEntity;

/** Anything on the guest's heap that isn't an array. */
export abstract class GuestEntity {
  /** What `Object.prototype.toString` would call it, e.g. `Map`. */
  abstract readonly className: string;
}

/** An ordinary object: a table of properties, without a prototype that a program could reach. */
export class GuestObject extends GuestEntity {
  readonly className: string = 'Object';
  readonly properties = new Map<string, Value>();
  /** Has keys like `12`, which come first and in ascending order when the keys are listed. */
  hasIndexKeys = false;
}

/** The error types of the language, and those that a tool's failure may carry. */
export class GuestError extends GuestObject {
  override readonly className = 'Error';
  /** The built-in class it was made by, for `instanceof`. */
  readonly type: string;
  /** `name`, `message`, `cause`…: there, but not listed as keys, as in JavaScript. */
  readonly hidden = new Map<string, Value>();
  /** Offset in the source where it was made. */
  readonly start: number | undefined;

  constructor(type: string, message: string, start: number | undefined) {
    super();
    this.type = type;
    this.start = start;
    this.hidden.set('name', type);
    this.hidden.set('message', message);
  }
}

/** A failed tool call, as the program catches it. */
export class GuestToolError extends GuestError {}

/** A Map of the program. Keys compare by SameValueZero, as the host's do. */
export class GuestMap extends GuestEntity {
  readonly className = 'Map';
  readonly entries = new Map<Value, Value>();
  /** Kept once it is large. */
  numbers: NumberKeys | undefined;
  /** How many keys were deleted since it was empty. */
  removed = 0;
}

/** A Set of the program. */
export class GuestSet extends GuestEntity {
  readonly className = 'Set';
  readonly members = new Set<Value>();
  /** Kept once it is large. */
  numbers: NumberKeys | undefined;
  /** How many members were deleted since it was empty. */
  removed = 0;
}

/** What `entries()`, `keys()`, `values()` and `matchAll()` give: it can be iterated once. */
export class GuestIterator extends GuestEntity {
  readonly className = 'Iterator';
  readonly source: Iterator<Value>;
  /** How many iterators it was made from, one on the other. */
  readonly depth: number;

  constructor(source: Iterator<Value>, depth = 0) {
    super();
    this.source = source;
    this.depth = depth;
  }
}

/** A named group of built-ins that isn't callable: `Math`, `JSON`, `console`. */
export class Namespace extends GuestEntity {
  readonly className: string;
  readonly members: ReadonlyMap<string, Value>;

  constructor(name: string, members: ReadonlyMap<string, Value>) {
    super();
    this.className = name;
    this.members = members;
  }
}
