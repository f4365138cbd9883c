import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import type {FunctionScope, ScopeTable} from '../scope/binding.ts';
import type {TreeFacts} from '../syntax/check-tree.ts';
import type {Source} from '../syntax/source.ts';
import type {Value} from '../values/value.ts';

/**
 * The variables of one call. Slot 0 holds the boxes that the function captured, slot 1 the value it returns; the others
 * hold a value each, or a box where an inner function shares the variable.
 */
export type Frame = unknown[];
export const capturesSlot = 0;
export const resultSlot = 1;
/** Where the slots of the parameters begin in a function that doesn't know itself by name. */
export const firstParameterSlot = 2;

/** A variable that several functions share. */
export class Box {
  value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** What a `let` or `const` holds before its declaration has run. */
export const uninitialized = Object.freeze({uninitialized: true});

/** Syntax compiled to code that never waits. */
export type Expression = (frame: Frame) => Value;

/**
 * How a statement ended: a code, or, when it came to a wait, the rest of its work. So code that doesn't wait runs as
 * plain calls, and a generator is made only where a wait is really met.
 */
export type Completion = number | Suspended;
export type Statement = (frame: Frame) => Completion;

/** Yields what it waits for and is resumed with what came of that. */
export type Suspended = Generator<Suspension, number, Value>;
type Suspension = Value | typeof hostYield;

/** Waited for where a program has run long enough without giving way to the rest of the workflow. */
export const hostYield = Object.freeze({hostYield: true});

export const normal = 0;
export const breaks = 1;
export const continues = 2;
export const returns = 3;
/** Labels have codes of their own from here on: an even one to break, the next one to continue. */
export const firstLabelCode = 4;

/** `declare` initializes the names of a declaration, `assign` stores in targets that exist. */
export type BindingMode = 'declare' | 'assign';

/** What compiling a node needs to know of its surroundings. */
export interface Compiler {
  readonly realm: Realm;
  readonly source: Source;
  readonly scopes: ScopeTable;
  readonly facts: TreeFacts;
  readonly globals: ReadonlyMap<string, Value>;
  /** The function whose code this is. */
  readonly function: FunctionScope;
  /** Codes of the labels around, by name. */
  readonly labels: ReadonlyMap<string, number>;
  /** Codes of the labels right in front of the loop that is compiled next. */
  readonly loopLabels: readonly number[];
  /** Identifiers made while compiling, each with the slot that it reads. */
  readonly temporaries: Map<ESTree.Node, number>;
  expression(node: ESTree.Node): Expression;
  /** An expression that gives a function without a name this one. */
  named(node: ESTree.Node, name: string): Expression;
  statement(node: ESTree.Node, compiler?: Compiler): Statement;
  /** Steps that give the variables of a pattern, in which something awaits, what a slot holds. */
  bindSlot(node: ESTree.Node, slot: number, mode: BindingMode): Statement;
}
