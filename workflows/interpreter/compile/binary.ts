import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import type {Compiler, Expression} from './code.ts';
import {add, binaryOperation, compare} from './operators.ts';

/** A binary operator over two operands that don't wait. */
export function compileBinary(node: ESTree.BinaryExpression, compiler: Compiler): Expression {
  const left = compiler.expression(node.left);
  const right = compiler.expression(node.right);
  const fast = compileNumeric(node.operator, left, right, compiler.realm);
  if (fast) return fast;
  const operate = binaryOperation(node.operator, compiler.realm, node.start ?? 0);
  return (frame) => operate(left(frame), right(frame));
}

/** The operators that loops are made of, without a call where both sides are numbers. */
function compileNumeric(
  operator: ESTree.BinaryOperator,
  left: Expression,
  right: Expression,
  realm: Realm,
): Expression | undefined {
  switch (operator) {
    case '+':
      return (frame) => {
        const first = left(frame);
        const second = right(frame);
        return typeof first === 'number' && typeof second === 'number'
          ? first + second
          : add(realm, first, second);
      };
    case '<':
      return (frame) => {
        const first = left(frame);
        const second = right(frame);
        if (typeof first === 'number' && typeof second === 'number') return first < second;
        return compare(realm, '<', first, second);
      };
    case '>':
      return (frame) => {
        const first = left(frame);
        const second = right(frame);
        if (typeof first === 'number' && typeof second === 'number') return first > second;
        return compare(realm, '>', first, second);
      };
    default:
      return undefined;
  }
}
