import type {ESTree} from 'meriyah';
import type {Value} from '../values/value.ts';
import type {Compiler, Expression} from './code.ts';
import {type Operand, operandOf} from './operand.ts';
import {binaryOperation, type Operation} from './operators.ts';

/** A binary operator over two operands that don't wait. */
export function compileBinary(node: ESTree.BinaryExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const operate = binaryOperation(node.operator, realm, node.start ?? 0);
  const left = operandOf(node.left, compiler);
  const right = operandOf(node.right, compiler);
  return compileNumeric(node.operator, left, right, operate) ?? compileOther(left, right, operate);
}

function compileOther(left: Operand, right: Operand, operate: Operation): Expression {
  return (frame) => operate(left.run(frame), right.run(frame));
}

/**
 * The operators that loops are made of, without a call where both sides are numbers. Variables and constants are read in
 * place: a call of a closure that could be any takes longer than the operator itself.
 */
function compileNumeric(
  operator: ESTree.BinaryOperator,
  {slot: leftSlot, run: left}: Operand,
  {slot: rightSlot, constant, isConstant, run: right}: Operand,
  operate: Operation,
): Expression | undefined {
  switch (operator) {
    case '+':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first + second
          : operate(first, second);
      };
    case '-':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first - second
          : operate(first, second);
      };
    case '*':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first * second
          : operate(first, second);
      };
    case '<':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first < second
          : operate(first, second);
      };
    case '>':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first > second
          : operate(first, second);
      };
    case '<=':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first <= second
          : operate(first, second);
      };
    case '>=':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first >= second
          : operate(first, second);
      };
    case '===':
      return (frame) => {
        const first = (leftSlot > 0 ? frame[leftSlot] : left(frame)) as Value;
        const second = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
        return typeof first === 'number' && typeof second === 'number'
          ? first === second
          : operate(first, second);
      };
    default:
      return undefined;
  }
}
