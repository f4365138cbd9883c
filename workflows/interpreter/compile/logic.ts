import type {ESTree} from 'meriyah';
import type {Compiler, Expression} from './code.ts';

export function compileLogical(node: ESTree.LogicalExpression, compiler: Compiler): Expression {
  const left = compiler.expression(node.left);
  const right = compiler.expression(node.right);
  if (node.operator === '&&') return (frame) => left(frame) && right(frame);
  if (node.operator === '||') return (frame) => left(frame) || right(frame);
  return (frame) => left(frame) ?? right(frame);
}

export function compileConditional(node: ESTree.ConditionalExpression, compiler: Compiler): Expression {
  const test = compiler.expression(node.test);
  const consequent = compiler.expression(node.consequent);
  const alternate = compiler.expression(node.alternate);
  return (frame) => (test(frame) ? consequent(frame) : alternate(frame));
}

export function compileSequence(node: ESTree.SequenceExpression, compiler: Compiler): Expression {
  const parts = node.expressions.map((expression) => compiler.expression(expression));
  return (frame) => {
    let value = undefined as ReturnType<Expression>;
    for (const part of parts) value = part(frame);
    return value;
  };
}
