import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import {isReference, toKey, toNumber, toPrimitive, toText, typeOf} from '../values/convert.ts';
import {chargeComparison, looselyEqual, strictlyEqual} from '../values/equality.ts';
import {GuestFunction, NativeFunction} from '../values/function.ts';
import {deleteProperty, hasProperty} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import type {Compiler, Expression} from './code.ts';
import {compileKey, startOfProperty} from './members.ts';

const {max} = Math;

export type Operation = (left: Value, right: Value) => Value;

type NumericOperation = (left: number, right: number) => number;

/** What operators do with two numbers, whatever they were before. */
const numericOperations = {
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '**': (left, right) => left ** right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
  '>>>': (left, right) => left >>> right,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
} satisfies Partial<Record<ESTree.BinaryOperator, NumericOperation>>;

/** The meaning of a binary operator. */
export function binaryOperation(operator: ESTree.BinaryOperator, realm: Realm, start: number): Operation {
  if (isNumeric(operator)) return numeric(realm, numericOperations[operator]);
  switch (operator) {
    case '+':
      return (left, right) => add(realm, left, right);
    case '%':
      return numeric(realm, (left, right) => remainder(realm, left, right));
    case '===':
      return (left, right) => strictlyEqual(realm, left, right);
    case '!==':
      return (left, right) => !strictlyEqual(realm, left, right);
    case '==':
      return (left, right) => looselyEqual(realm, left, right);
    case '!=':
      return (left, right) => !looselyEqual(realm, left, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return (left, right) => compare(realm, operator, left, right);
    case 'in':
      return (left, right) => hasProperty(realm, right, toKey(realm, left), start);
    case 'instanceof':
      return (left, right) => isInstance(realm, left, right, start);
  }
}

function isNumeric(operator: ESTree.BinaryOperator): operator is keyof typeof numericOperations {
  return Object.hasOwn(numericOperations, operator);
}

function numeric(realm: Realm, operate: NumericOperation): Operation {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return operate(left, right);
    const leftNumber = toNumber(realm, left);
    return operate(leftNumber, toNumber(realm, right));
  };
}

// Far apart, the host takes one round for each bit between them.
function remainder(realm: Realm, left: number, right: number): number {
  if (left > 2 ** 53 || left < -(2 ** 53)) realm.meter.charge(16);
  return left % right;
}

/** `+`. */
export function add(realm: Realm, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const first = isReference(left) ? toPrimitive(realm, left, 'default') : left;
  const second = isReference(right) ? toPrimitive(realm, right, 'default') : right;
  if (typeof first === 'string' || typeof second === 'string') {
    return join(realm, toText(realm, first), toText(realm, second));
  }
  return toNumber(realm, first) + toNumber(realm, second);
}

function join(realm: Realm, first: string, second: string): string {
  const text = first + second;
  if (text.length > 64) realm.meter.chargeJoin(text.length, max(first.length, second.length));
  return text;
}

/** `<`, `>`, `<=` and `>=`. */
function compare(realm: Realm, operator: '<' | '>' | '<=' | '>=', left: Value, right: Value): boolean {
  const first = isReference(left) ? toPrimitive(realm, left, 'number') : left;
  const second = isReference(right) ? toPrimitive(realm, right, 'number') : right;
  if (typeof first === 'string' && typeof second === 'string') {
    chargeComparison(realm, first, second);
    return order(operator, first, second);
  }
  return order(operator, toNumber(realm, first), toNumber(realm, second));
}

function order<T extends string | number>(operator: '<' | '>' | '<=' | '>=', left: T, right: T): boolean {
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

function isInstance(realm: Realm, left: Value, right: Value, start: number): boolean {
  if (right instanceof NativeFunction && right.extras.isInstance) return right.extras.isInstance(left);
  if (right instanceof GuestFunction) return false;
  return realm.raise('TypeError', "Right-hand side of 'instanceof' is not callable", start);
}

export function compileUnary(node: ESTree.UnaryExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  if (node.operator === 'delete') return compileDelete(node.argument, compiler);
  if (node.operator === 'typeof') return compileTypeof(node.argument, compiler);
  const argument = compiler.expression(node.argument);
  switch (node.operator) {
    case '!':
      return (frame) => !argument(frame);
    case '-':
      return (frame) => -toNumber(realm, argument(frame));
    case '+':
      return (frame) => toNumber(realm, argument(frame));
    case '~':
      return (frame) => ~toNumber(realm, argument(frame));
    case 'void':
      return (frame) => {
        argument(frame);
        return undefined;
      };
  }
}

// `typeof` of a name that doesn't exist is no error.
function compileTypeof(node: ESTree.Expression, compiler: Compiler): Expression {
  const known = compiler.scopes.bindings.has(node) || compiler.temporaries.has(node);
  if (node.type === 'Identifier' && !known && !compiler.globals.has(node.name)) return () => 'undefined';
  const argument = compiler.expression(node);
  return (frame) => typeOf(argument(frame));
}

function compileDelete(node: ESTree.Expression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const target = node.type === 'ChainExpression' ? node.expression : node;
  if (target.type !== 'MemberExpression') {
    const argument = compiler.expression(node);
    return (frame) => {
      argument(frame);
      return true;
    };
  }
  const object = compiler.expression(target.object);
  const key = compileKey(target, compiler);
  const start = startOfProperty(target);
  return (frame) => {
    const holder = object(frame);
    if ((holder === undefined || holder === null) && target.optional) return true;
    return deleteProperty(realm, holder, toKey(realm, key(frame)), start);
  };
}
