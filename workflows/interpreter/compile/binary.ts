import type {ESTree} from 'meriyah';
import type {Compiler, Expression} from './code.ts';
import {binaryOperation} from './operators.ts';

/** A binary operator over two operands that don't wait. */
export function compileBinary(node: ESTree.BinaryExpression, compiler: Compiler): Expression {
  const left = compiler.expression(node.left);
  const right = compiler.expression(node.right);
  const operate = binaryOperation(node.operator, compiler.realm, node.start ?? 0);
  return (frame) => operate(left(frame), right(frame));
}
