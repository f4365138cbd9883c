import type {ESTree} from 'meriyah';
import type {Compiler, Statement} from './code.ts';

/** The statements in front of one expression, while its awaits are lifted out of it. */
export interface Lifting {
  readonly compiler: Compiler;
  readonly steps: Statement[];
  awaits(node: ESTree.Node | null | undefined): boolean;
  /** The node without its awaits, to be evaluated after the steps. */
  lift(node: ESTree.Expression): ESTree.Expression;
  /** Computes a node now and keeps its value; what stays in its place reads it. */
  keep(node: ESTree.Expression): ESTree.Expression;
  newSlot(): number;
  /** An expression that reads a slot; it stands where `origin` stood. */
  read(slot: number, origin: ESTree.Node): ESTree.Identifier;
  /** Steps that compute a node, which may await, into a slot. */
  branch(node: ESTree.Expression, slot: number): Statement;
  /** Runs a node for its effects. */
  run(node: ESTree.Expression): void;
}
