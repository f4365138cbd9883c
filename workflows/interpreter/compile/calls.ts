import type {ESTree} from 'meriyah';
import {GuestPromise} from '../runtime/promise.ts';
import {staticName} from '../syntax/static-name.ts';
import {GuestFunction, GuestMethod, NativeFunction} from '../values/function.ts';
import {getElement, getProperty} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import type {Compiler, Expression, Frame} from './code.ts';
import {startOfProperty} from './members.ts';
import {operandOf} from './operand.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const {isArray} = Array;

type CallArguments = readonly (ESTree.Expression | ESTree.SpreadElement)[];
type Arguments = (frame: Frame) => Value[];

/** What an optional chain gives up with at a `?.` on nothing; no other value of the program. */
const cut: Value[] = [];

const noElements: Value[] = [];

export function compileCall(node: ESTree.CallExpression, compiler: Compiler): Expression {
  if (node.callee.type === 'MemberExpression') return compileMethodCall(node, node.callee, compiler);
  const {realm} = compiler;
  const callee = compiler.expression(node.callee);
  const start = node.start ?? 0;
  const text = calleeText(node.callee, compiler);
  const fail = () => realm.raise('TypeError', `${text} is not a function`, start);
  const few = compileFew(node.arguments, compiler);
  if (few?.length === 1) {
    const [first] = few;
    return (frame) => {
      const target = callee(frame);
      const value = first(frame);
      realm.position = start;
      return target instanceof GuestFunction ? target.call1(realm, value) : fail();
    };
  }
  if (few?.length === 2) {
    const [first, second] = few;
    return (frame) => {
      const target = callee(frame);
      const left = first(frame);
      const right = second(frame);
      realm.position = start;
      return target instanceof GuestFunction ? target.call2(realm, left, right) : fail();
    };
  }
  const args = compileArguments(node.arguments, compiler);
  return (frame) => {
    const target = callee(frame);
    const values = args(frame);
    realm.position = start;
    return target instanceof GuestFunction ? target.call(realm, values) : fail();
  };
}

/** One argument or two, which need no list; undefined for other counts and for a spread. */
function compileFew(
  nodes: CallArguments,
  compiler: Compiler,
): [Expression] | [Expression, Expression] | undefined {
  const [first, second] = nodes;
  if (!first || nodes.length > 2 || nodes.some(({type}) => type === 'SpreadElement')) return undefined;
  const value = compiler.expression(first);
  return second ? [value, compiler.expression(second)] : [value];
}

/** `object.method(…)`: the one place where a method of a built-in type meets its receiver. */
function compileMethodCall(
  node: ESTree.CallExpression,
  callee: ESTree.MemberExpression,
  compiler: Compiler,
): Expression {
  const {realm} = compiler;
  const {slot, run: object} = operandOf(callee.object, compiler);
  const lookUp = compileLookUp(callee, compiler);
  const args = compileArguments(node.arguments, compiler);
  const start = startOfProperty(callee);
  const text = calleeText(callee, compiler);
  return (frame) => {
    const receiver = (slot > 0 ? frame[slot] : object(frame)) as Value;
    const method = lookUp(receiver, frame);
    const values = args(frame);
    realm.position = start;
    return callOn(receiver, method, values);
  };

  function callOn(receiver: Value, method: Value, values: Value[]): Value {
    if (method instanceof GuestMethod) return method.apply(realm, receiver, values);
    if (method instanceof GuestFunction) return method.call(realm, values);
    const advice =
      receiver instanceof GuestPromise ? ': its object is a promise, which has to be awaited first' : '';
    return realm.raise('TypeError', `${text} is not a function${advice}`, start);
  }
}

function compileLookUp(
  callee: ESTree.MemberExpression,
  compiler: Compiler,
): (receiver: Value, frame: Frame) => Value {
  const {realm} = compiler;
  const start = startOfProperty(callee);
  const name = staticName(callee);
  if (name !== undefined) {
    // No array has a property of its own by the name of a method.
    const ofArrays = realm.memberOf(noElements, name);
    return (receiver) => {
      if (ofArrays !== undefined && isArray(receiver)) return ofArrays;
      return getProperty(realm, receiver, name, start);
    };
  }
  const key = compiler.expression(callee.property);
  return (receiver, frame) => getElement(realm, receiver, key(frame), start);
}

function compileArguments(nodes: CallArguments, compiler: Compiler): Arguments {
  if (nodes.some((node) => node.type === 'SpreadElement')) {
    const list: ESTree.ArrayExpression = {type: 'ArrayExpression', elements: [...nodes]};
    return compiler.expression(list) as Arguments;
  }
  const parts = nodes.map((node) => compiler.expression(node));
  const [first, second] = parts;
  if (!first) return () => [];
  if (!second) return (frame) => [first(frame)];
  if (parts.length === 2) return (frame) => [first(frame), second(frame)];
  return (frame) => {
    const values: Value[] = [];
    for (let index = 0; index < parts.length; index++) values.push((parts[index] as Expression)(frame));
    return values;
  };
}

/** The callee as the source has it, for messages. */
function calleeText(node: ESTree.Node, compiler: Compiler): string {
  const text = compiler.source.wrapped.slice(node.start ?? 0, node.end ?? 0);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

export function compileNew(node: ESTree.NewExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const callee = compiler.expression(node.callee);
  const args = compileArguments(node.arguments, compiler);
  const start = node.start ?? 0;
  const text = calleeText(node.callee, compiler);
  return (frame) => {
    const target = callee(frame);
    const values = args(frame);
    realm.position = start;
    if (target instanceof NativeFunction && target.extras.construct)
      return target.extras.construct(realm, values);
    return realm.raise('TypeError', `${text} is not a constructor`, start);
  };
}

/** A chain with `?.`: the first one that meets nothing ends the whole chain with undefined. */
export function compileChain(node: ESTree.ChainExpression, compiler: Compiler): Expression {
  const link = compileLink(node.expression, compiler);
  return (frame) => {
    const value = link(frame);
    return value === cut ? undefined : value;
  };
}

function compileLink(node: ESTree.Node, compiler: Compiler): Expression {
  if (node.type === 'MemberExpression') return compileMemberLink(node, compiler);
  if (node.type === 'CallExpression') return compileCallLink(node, compiler);
  return compiler.expression(node);
}

function isCut(value: Value, optional: boolean): boolean {
  return value === cut || (optional && (value === undefined || value === null));
}

function compileMemberLink(node: ESTree.MemberExpression, compiler: Compiler): Expression {
  const object = compileLink(node.object, compiler);
  const lookUp = compileLookUp(node, compiler);
  return (frame) => {
    const receiver = object(frame);
    return isCut(receiver, node.optional) ? cut : lookUp(receiver, frame);
  };
}

function compileCallLink(node: ESTree.CallExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const {callee} = node;
  const args = compileArguments(node.arguments, compiler);
  const start = node.start ?? 0;
  const text = calleeText(callee, compiler);
  const isMember = callee.type === 'MemberExpression';
  const object = isMember ? compileLink(callee.object, compiler) : () => undefined;
  const method = isMember ? compileLookUp(callee, compiler) : compileLink(callee, compiler);
  const memberOptional = isMember && callee.optional;
  return (frame) => {
    const receiver = object(frame);
    if (isCut(receiver, memberOptional)) return cut;
    const target = isMember
      ? (method as ReturnType<typeof compileLookUp>)(receiver, frame)
      : (method as Expression)(frame);
    if (isCut(target, node.optional)) return cut;
    const values = args(frame);
    realm.position = start;
    if (target instanceof GuestMethod) return target.apply(realm, receiver, values);
    if (target instanceof GuestFunction) return target.call(realm, values);
    return realm.raise('TypeError', `${text} is not a function`, start);
  };
}
