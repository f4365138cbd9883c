import type {ESTree} from 'meriyah';
import {staticName} from '../syntax/static-name.ts';
import {toKey, toNumber} from '../values/convert.ts';
import {getElement, getProperty, setElement, setProperty} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import type {Compiler, Expression} from './code.ts';
import {compileKey, startOfProperty} from './members.ts';
import {operandOf} from './operand.ts';
import {add, binaryOperation} from './operators.ts';
import {bindPattern} from './patterns.ts';
import {isPlain} from './variables.ts';

/** What an assignment computes from the present value; `skip` where it leaves the target as it is. */
type Change = (current: Value, frame: unknown[]) => Value | typeof skip;
const skip = Object.freeze({skip: true});

/** `=` and all its compound forms. */
export function compileAssignment(node: ESTree.AssignmentExpression, compiler: Compiler): Expression {
  if (node.operator === '=') return compilePlain(node, compiler);
  const slot = plainSlot(node.left, compiler);
  if (slot !== undefined && node.operator === '+=') return compileAddTo(slot, node.right, compiler);
  const name = node.left.type === 'Identifier' ? node.left.name : '';
  const right = compiler.named(node.right, name);
  return compileChange(node.left, compiler, changeOf(node, right, compiler), 'new');
}

/** The slot of a variable that can be written without any check. */
function plainSlot(node: ESTree.Node, {scopes}: Compiler): number | undefined {
  const binding = scopes.bindings.get(node);
  return binding && isPlain(binding) && binding.kind !== 'const' ? binding.slot : undefined;
}

function compileAddTo(slot: number, node: ESTree.Expression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const {slot: rightSlot, constant, isConstant, run: right} = operandOf(node, compiler);
  return (frame) => {
    const current = frame[slot] as Value;
    const added = (rightSlot > 0 ? frame[rightSlot] : isConstant ? constant : right(frame)) as Value;
    const both = typeof current === 'number' && typeof added === 'number';
    const sum = both ? current + added : add(realm, current, added);
    frame[slot] = sum;
    return sum;
  };
}

function compileSlotUpdate(slot: number, by: number, prefix: boolean, {realm}: Compiler): Expression {
  return (frame) => {
    const current = frame[slot] as Value;
    const number = typeof current === 'number' ? current : toNumber(realm, current);
    frame[slot] = number + by;
    return prefix ? number + by : number;
  };
}

function changeOf(node: ESTree.AssignmentExpression, right: Expression, compiler: Compiler): Change {
  switch (node.operator) {
    case '&&=':
      return (current, frame) => (current ? right(frame) : skip);
    case '||=':
      return (current, frame) => (current ? skip : right(frame));
    case '??=':
      return (current, frame) => (current === undefined || current === null ? right(frame) : skip);
    default: {
      const operator = node.operator.slice(0, -1) as ESTree.BinaryOperator;
      const operate = binaryOperation(operator, compiler.realm, node.start ?? 0);
      return (current, frame) => operate(current, right(frame));
    }
  }
}

/** `++` and `--`. */
export function compileUpdate(node: ESTree.UpdateExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const by = node.operator === '++' ? 1 : -1;
  const slot = plainSlot(node.argument, compiler);
  if (slot !== undefined) return compileSlotUpdate(slot, by, node.prefix, compiler);
  const change: Change = (current) => (typeof current === 'number' ? current : toNumber(realm, current)) + by;
  if (node.prefix) return compileChange(node.argument, compiler, change, 'new');
  const old = compileChange(node.argument, compiler, change, 'old');
  return (frame) => toNumber(realm, old(frame));
}

function compilePlain(node: ESTree.AssignmentExpression, compiler: Compiler): Expression {
  const {left} = node;
  if (left.type === 'MemberExpression') return compileMemberStore(left, node.right, compiler);
  const name = left.type === 'Identifier' ? left.name : '';
  const right = compiler.named(node.right, name);
  const bind = bindPattern(left, compiler, 'assign');
  return (frame) => {
    const value = right(frame);
    bind(frame, value);
    return value;
  };
}

function compileMemberStore(
  left: ESTree.MemberExpression,
  rightNode: ESTree.Expression,
  compiler: Compiler,
): Expression {
  const {realm} = compiler;
  const {slot, run: object} = operandOf(left.object, compiler);
  const right = compiler.expression(rightNode);
  const start = startOfProperty(left);
  const name = staticName(left);
  if (name !== undefined) {
    return (frame) => {
      const target = (slot > 0 ? frame[slot] : object(frame)) as Value;
      const value = right(frame);
      setProperty(realm, target, name, value, start);
      return value;
    };
  }
  const {slot: keySlot, run: key} = operandOf(left.property, compiler);
  return (frame) => {
    const target = (slot > 0 ? frame[slot] : object(frame)) as Value;
    const property = (keySlot > 0 ? frame[keySlot] : key(frame)) as Value;
    const value = right(frame);
    setElement(realm, target, property, value, start);
    return value;
  };
}

/** Reads a target, changes its value and stores it; gives the `new` value or the `old` one. */
function compileChange(
  target: ESTree.Node,
  compiler: Compiler,
  change: Change,
  gives: 'old' | 'new',
): Expression {
  if (target.type === 'MemberExpression') return compileMemberChange(target, compiler, change, gives);
  const read = compiler.expression(target);
  const store = bindPattern(target, compiler, 'assign');
  return (frame) => {
    const current = read(frame);
    const changed = change(current, frame);
    if (changed === skip) return current;
    store(frame, changed as Value);
    return gives === 'old' ? current : (changed as Value);
  };
}

function compileMemberChange(
  target: ESTree.MemberExpression,
  compiler: Compiler,
  change: Change,
  gives: 'old' | 'new',
): Expression {
  const {realm} = compiler;
  const object = compiler.expression(target.object);
  const key = compileKey(target, compiler);
  const start = startOfProperty(target);
  return (frame) => {
    const holder = object(frame);
    const evaluated = key(frame);
    const simple = typeof evaluated === 'number' || holder === undefined || holder === null;
    const property = simple ? evaluated : toKey(realm, evaluated);
    const current =
      typeof property === 'string'
        ? getProperty(realm, holder, property, start)
        : getElement(realm, holder, property, start);
    const changed = change(current, frame);
    if (changed === skip) return current;
    if (typeof property === 'string') setProperty(realm, holder, property, changed as Value, start);
    else setElement(realm, holder, property, changed as Value, start);
    return gives === 'old' ? current : (changed as Value);
  };
}
