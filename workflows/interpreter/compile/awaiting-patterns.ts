import type {ESTree} from 'meriyah';
import {toKey} from '../values/convert.ts';
import {getProperty} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import type {BindingMode, Compiler, Frame, Statement} from './code.ts';
import {liftAwaits} from './lift.ts';
import {bindPattern, checkHasProperties, Items, partsOf, propertyKey, withoutProperties} from './patterns.ts';
import {refuseAwait} from './refuse.ts';
import {sequence} from './sequence.ts';
import {when} from './when.ts';

/**
 * A statement that takes the value in a slot apart along a pattern. Where the pattern awaits, as in
 * `{a = await f()}`, each piece is a step of its own, and what the next ones need is left in slots.
 */
export function bindSlot(node: ESTree.Node, slot: number, compiler: Compiler, mode: BindingMode): Statement {
  if (!compiler.facts.awaiting.has(node)) {
    const bind = bindPattern(node, compiler, mode);
    return run((frame) => bind(frame, frame[slot] as Value));
  }
  switch (node.type) {
    case 'AssignmentPattern':
      return bindDefault(node, slot, compiler, mode);
    case 'ArrayPattern':
      return bindArray(node, slot, compiler, mode);
    case 'ObjectPattern':
      return bindObject(node, slot, compiler, mode);
    default:
      return refuseAwait(node, 'the target of a destructuring assignment');
  }
}

function run(work: (frame: Frame) => void): Statement {
  return (frame) => {
    work(frame);
    return 0;
  };
}

function bindDefault(
  node: ESTree.AssignmentPattern,
  slot: number,
  compiler: Compiler,
  mode: BindingMode,
): Statement {
  const name = node.left.type === 'Identifier' ? node.left.name : '';
  const otherwise = liftAwaits(node.right as ESTree.Expression, compiler, (lifted) => {
    const value = compiler.named(lifted, name);
    return run((frame) => {
      frame[slot] = value(frame);
    });
  });
  return sequence([
    when((frame) => frame[slot] === undefined, otherwise),
    bindSlot(node.left, slot, compiler, mode),
  ]);
}

function bindArray(
  node: ESTree.ArrayPattern,
  slot: number,
  compiler: Compiler,
  mode: BindingMode,
): Statement {
  const {realm} = compiler;
  const itemsSlot = compiler.function.slots++;
  const open = run((frame) => {
    frame[itemsSlot] = new Items(realm, frame[slot] as Value, node.start);
  });
  const elements = node.elements.map((element) => bindElement(element, itemsSlot, compiler, mode));
  return sequence([open, ...elements]);
}

function bindElement(
  node: ESTree.Pattern | null,
  itemsSlot: number,
  compiler: Compiler,
  mode: BindingMode,
): Statement {
  const itemSlot = compiler.function.slots++;
  const isRest = node?.type === 'RestElement';
  const take = run((frame) => {
    const items = frame[itemsSlot] as Items;
    frame[itemSlot] = isRest ? items.takeRest() : items.take();
  });
  if (!node) return take;
  return sequence([take, bindSlot(isRest ? node.argument : node, itemSlot, compiler, mode)]);
}

function bindObject(
  node: ESTree.ObjectPattern,
  slot: number,
  compiler: Compiler,
  mode: BindingMode,
): Statement {
  const {realm} = compiler;
  const {properties, rest} = partsOf(node);
  const check = run((frame) => checkHasProperties(realm, frame[slot] as Value, node.start));
  const keySlots = properties.map(() => compiler.function.slots++);
  const steps = properties.map((property, index) => {
    return bindProperty(property, {object: slot, key: keySlots[index] as number}, compiler, mode);
  });
  if (!rest) return sequence([check, ...steps]);
  const restSlot = compiler.function.slots++;
  const takeRest = run((frame) => {
    const taken = keySlots.map((keySlot) => frame[keySlot] as string);
    frame[restSlot] = withoutProperties(realm, frame[slot] as Value, taken);
  });
  return sequence([check, ...steps, takeRest, bindSlot(rest.argument, restSlot, compiler, mode)]);
}

function bindProperty(
  node: ESTree.AssignmentProperty,
  slots: {object: number; key: number},
  compiler: Compiler,
  mode: BindingMode,
): Statement {
  const {realm} = compiler;
  const start = node.start ?? 0;
  const valueSlot = compiler.function.slots++;
  const take = run((frame) => {
    frame[valueSlot] = getProperty(realm, frame[slots.object] as Value, frame[slots.key] as string, start);
  });
  return sequence([
    findKey(node, slots.key, compiler),
    take,
    bindSlot(node.value, valueSlot, compiler, mode),
  ]);
}

function findKey(node: ESTree.AssignmentProperty, slot: number, compiler: Compiler): Statement {
  if (!node.computed) {
    const name = propertyKey(node, compiler);
    return run((frame) => {
      frame[slot] = name;
    });
  }
  return liftAwaits(node.key, compiler, (lifted) => {
    const key = compiler.expression(lifted);
    return run((frame) => {
      frame[slot] = toKey(compiler.realm, key(frame));
    });
  });
}
