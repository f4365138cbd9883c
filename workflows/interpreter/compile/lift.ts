import type {ESTree} from 'meriyah';
import type {Value} from '../values/value.ts';
import type {Compiler, Frame, Statement, Suspended} from './code.ts';
import {liftChain} from './lift-chain.ts';
import {liftStrict} from './lift-operands.ts';
import type {Lifting} from './lifting.ts';
import {sequence} from './sequence.ts';
import {when} from './when.ts';

/**
 * Expressions never wait: what an expression awaits is computed by statements in front of it, which leave their results
 * in slots of the frame. Whatever stands before an `await` is computed before it as well, so that the order of effects
 * stays that of the source.
 */
export function liftAwaits(
  node: ESTree.Expression,
  compiler: Compiler,
  finish: (lifted: ESTree.Expression) => Statement,
): Statement {
  if (!compiler.facts.awaiting.has(node)) return finish(node);
  const lifting = new Lifter(compiler);
  const lifted = lifting.lift(node);
  return sequence([...lifting.steps, finish(lifted)]);
}

class Lifter implements Lifting {
  readonly compiler: Compiler;
  readonly steps: Statement[] = [];

  constructor(compiler: Compiler) {
    this.compiler = compiler;
  }

  awaits(node: ESTree.Node | null | undefined): boolean {
    return node !== null && node !== undefined && this.compiler.facts.awaiting.has(node);
  }

  lift(node: ESTree.Expression): ESTree.Expression {
    if (!this.awaits(node)) return node;
    switch (node.type) {
      case 'AwaitExpression':
        return this.#liftAwait(node);
      case 'LogicalExpression':
        return this.#liftLogical(node);
      case 'ConditionalExpression':
        return this.#liftConditional(node);
      case 'SequenceExpression':
        return this.#liftSequence(node);
      case 'AssignmentExpression':
        return this.#liftAssignment(node);
      case 'ChainExpression':
        return liftChain(node.expression, this);
      default:
        return liftStrict(node, this);
    }
  }

  keep(node: ESTree.Expression): ESTree.Expression {
    if (this.#isConstant(node)) return node;
    const slot = this.newSlot();
    this.steps.push(this.storing(node, slot));
    return this.read(slot, node);
  }

  newSlot(): number {
    return this.compiler.function.slots++;
  }

  read(slot: number, origin: ESTree.Node): ESTree.Identifier {
    const node: ESTree.Identifier = {
      type: 'Identifier',
      name: '(awaited)',
      start: origin.start ?? 0,
      end: origin.end ?? 0,
    };
    this.compiler.temporaries.set(node, slot);
    return node;
  }

  storing(node: ESTree.Expression, slot: number): Statement {
    const value = this.compiler.expression(node);
    return (frame) => {
      frame[slot] = value(frame);
      return 0;
    };
  }

  branch(node: ESTree.Expression, slot: number): Statement {
    const inner = new Lifter(this.compiler);
    const lifted = inner.lift(node);
    return sequence([...inner.steps, this.storing(lifted, slot)]);
  }

  run(node: ESTree.Expression): void {
    const code = this.compiler.expression(node);
    this.steps.push((frame) => {
      code(frame);
      return 0;
    });
  }

  #isConstant(node: ESTree.Expression): boolean {
    if (node.type === 'Literal') return true;
    if (node.type !== 'Identifier') return false;
    if (this.compiler.temporaries.has(node)) return true;
    const binding = this.compiler.scopes.bindings.get(node);
    return binding ? binding.kind === 'const' && !binding.checked : true;
  }

  #liftAwait(node: ESTree.AwaitExpression): ESTree.Expression {
    const awaited = this.compiler.expression(this.lift(node.argument));
    const slot = this.newSlot();
    this.steps.push((frame) => awaitInto(frame, awaited(frame), slot));
    return this.read(slot, node);
  }

  #liftLogical(node: ESTree.LogicalExpression): ESTree.Expression {
    const slot = this.newSlot();
    this.steps.push(this.branch(node.left, slot));
    this.steps.push(when(goesOn(node.operator, slot), this.branch(node.right, slot)));
    return this.read(slot, node);
  }

  #liftConditional(node: ESTree.ConditionalExpression): ESTree.Expression {
    const test = this.compiler.expression(this.lift(node.test));
    const slot = this.newSlot();
    const consequent = this.branch(node.consequent, slot);
    const alternate = this.branch(node.alternate, slot);
    this.steps.push((frame) => (test(frame) ? consequent(frame) : alternate(frame)));
    return this.read(slot, node);
  }

  #liftSequence(node: ESTree.SequenceExpression): ESTree.Expression {
    const last = node.expressions.length - 1;
    for (const expression of node.expressions.slice(0, last)) this.run(this.lift(expression));
    return this.lift(node.expressions[last] as ESTree.Expression);
  }

  #liftAssignment(node: ESTree.AssignmentExpression): ESTree.Expression {
    if (node.left.type !== 'MemberExpression' && this.awaits(node.left)) return this.#liftPattern(node);
    const target = this.#liftTarget(node.left, this.awaits(node.right));
    if (node.operator === '=') return {...node, left: target, right: this.lift(node.right)};
    const operator = node.operator.slice(0, -1);
    const current = target as ESTree.Expression;
    if (operator === '&&' || operator === '||' || operator === '??') {
      const slot = this.newSlot();
      this.steps.push(this.storing(current, slot));
      const assignment: ESTree.Expression = {...node, operator: '=', left: target, right: node.right};
      this.compiler.facts.awaiting.add(assignment);
      this.steps.push(when(goesOn(operator, slot), this.branch(assignment, slot)));
      return this.read(slot, node);
    }
    const kept = this.keep(current);
    const right: ESTree.BinaryExpression = {
      type: 'BinaryExpression',
      operator: operator as ESTree.BinaryOperator,
      left: kept,
      right: this.lift(node.right),
      start: node.start ?? 0,
      end: node.end ?? 0,
    };
    return {...node, operator: '=', left: target, right};
  }

  /** `({a = await f()} = value)`: the pattern's pieces are steps. */
  #liftPattern(node: ESTree.AssignmentExpression): ESTree.Expression {
    const slot = this.newSlot();
    this.steps.push(this.branch(node.right, slot), this.compiler.bindSlot(node.left, slot, 'assign'));
    return this.read(slot, node);
  }

  #liftTarget(target: ESTree.AssignmentExpression['left'], rightAwaits: boolean) {
    if (target.type !== 'MemberExpression') return target;
    const object = this.lift(target.object as ESTree.Expression);
    if (!rightAwaits && !this.awaits(target.property)) return {...target, object};
    const kept = this.keep(object);
    if (!target.computed) return {...target, object: kept};
    const key = this.lift(target.property as ESTree.Expression);
    return {...target, object: kept, property: rightAwaits ? this.keep(key) : key};
  }
}

function* awaitInto(frame: Frame, awaited: Value, slot: number): Suspended {
  frame[slot] = yield awaited;
  return 0;
}

/** Whether a logical operator evaluates its right side, given the left one in a slot. */
function goesOn(operator: '&&' | '||' | '??', slot: number): (frame: Frame) => boolean {
  if (operator === '&&') return (frame) => !!frame[slot];
  if (operator === '||') return (frame) => !frame[slot];
  return (frame) => frame[slot] === undefined || frame[slot] === null;
}
