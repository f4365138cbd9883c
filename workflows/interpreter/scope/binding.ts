import type {ESTree} from 'meriyah';
import type {FunctionNode} from '../syntax/children.ts';

export type BindingKind = 'var' | 'let' | 'const' | 'function' | 'parameter';

/** A declared name and where its value is kept. */
export interface Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly owner: FunctionScope;
  /** Index in the frame of its function. */
  readonly slot: number;
  /** From this offset on, code of the same function finds it initialized. */
  readonly settledAt: number;
  /** Used by an inner function: the slot then holds a box that both share. */
  captured: boolean;
  /** Some use of it may come before its initialization. */
  checked: boolean;
}

/** A function with the slots that its frame needs. */
export interface FunctionScope {
  readonly parent: FunctionScope | undefined;
  readonly async: boolean;
  /** Length of its frames; grows while it is compiled, by what expressions keep over a wait. */
  slots: number;
  /** The name by which a function expression can call itself. */
  self: Binding | undefined;
  /** Bindings of outer functions that it or its inner functions use, each with its index among the captures. */
  readonly captures: Map<Binding, number>;
}

/** The names declared by one block, function, loop head, switch or catch. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly owner: FunctionScope;
  readonly bindings: Map<string, Binding>;
  /** Function declarations, which are made when the scope is entered. */
  readonly functions: ESTree.FunctionDeclaration[];
}

/** What the analysis found. An identifier without a binding is global. */
export interface ScopeTable {
  readonly scopes: ReadonlyMap<ESTree.Node, Scope>;
  readonly bindings: ReadonlyMap<ESTree.Node, Binding>;
  readonly functions: ReadonlyMap<FunctionNode, FunctionScope>;
  /** Identifiers that no declaration explains. */
  readonly globals: readonly ESTree.Identifier[];
}
