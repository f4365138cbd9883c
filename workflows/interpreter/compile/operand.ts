import type {ESTree} from 'meriyah';
import type {Value} from '../values/value.ts';
import type {Compiler, Expression} from './code.ts';
import {isPlain} from './variables.ts';

/** An operand, and how to read it without a call where it is a variable in a slot of the frame or a number. */
export interface Operand {
  /** 0 where it is no variable that can be read without any check. */
  slot: number;
  isConstant: boolean;
  /** Its value where it is a number in the source. */
  constant: Value;
  run: Expression;
}

export function operandOf(node: ESTree.Node, compiler: Compiler): Operand {
  const constant = node.type === 'Literal' && typeof node.value === 'number' ? node.value : undefined;
  return {
    slot: slotOf(node, compiler),
    isConstant: constant !== undefined,
    constant,
    run: compiler.expression(node),
  };
}

/** The slot of a variable that is always initialized where it is read, and of the function's own; 0 for all else. */
function slotOf(node: ESTree.Node, {scopes, temporaries}: Compiler): number {
  const binding = scopes.bindings.get(node);
  if (node.type !== 'Identifier' || !binding || !isPlain(binding)) return temporaries.get(node) ?? 0;
  return binding.slot;
}
