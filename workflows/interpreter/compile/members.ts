import type {ESTree} from 'meriyah';
import {staticName} from '../syntax/static-name.ts';
import {getElement, getProperty, setElement, setProperty} from '../values/property.ts';
import {GuestObject, type Value} from '../values/value.ts';
import type {Compiler, Expression, Frame} from './code.ts';
import {operandOf} from './operand.ts';

/** `object.name` and `object[key]`, without a `?.` in front of them. */
export function compileMember(node: ESTree.MemberExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const {slot, run: object} = operandOf(node.object, compiler);
  const start = startOfProperty(node);
  const name = staticName(node);
  if (name === undefined) {
    const {slot: keySlot, run: key} = operandOf(node.property, compiler);
    return (frame) => {
      const target = (slot > 0 ? frame[slot] : object(frame)) as Value;
      return getElement(realm, target, (keySlot > 0 ? frame[keySlot] : key(frame)) as Value, start);
    };
  }
  return (frame) => {
    const target = (slot > 0 ? frame[slot] : object(frame)) as Value;
    if (target instanceof GuestObject) {
      const value = target.properties.get(name);
      if (value !== undefined) return value;
    }
    return getProperty(realm, target, name, start);
  };
}

/** What a member is named by: the name that the source gives, or whatever is evaluated in brackets. */
export function compileKey(node: ESTree.MemberExpression, compiler: Compiler): Expression {
  const name = staticName(node);
  return name === undefined ? compiler.expression(node.property) : () => name;
}

/** Where errors about a member point to: the property, since the object may be long. */
export function startOfProperty(node: ESTree.MemberExpression): number {
  return node.property.start ?? node.start ?? 0;
}

/** Evaluates a member's object and key now, and gives the function that stores a value there. */
export function storeMember(
  node: ESTree.MemberExpression,
  compiler: Compiler,
): (frame: Frame) => (value: Value) => void {
  const {realm} = compiler;
  const object = compiler.expression(node.object);
  const start = startOfProperty(node);
  const name = staticName(node);
  if (name !== undefined) {
    return (frame) => {
      const target = object(frame);
      return (value) => setProperty(realm, target, name, value, start);
    };
  }
  const key = compiler.expression(node.property);
  return (frame) => {
    const target = object(frame);
    const property = key(frame);
    return (value) => setElement(realm, target, property, value, start);
  };
}
