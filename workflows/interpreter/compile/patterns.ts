import type {ESTree} from 'meriyah';
import type {Binding} from '../scope/binding.ts';
import {toKey} from '../values/convert.ts';
import {exhausted, openIterator} from '../values/iterate.ts';
import {copyProperties} from '../values/own-properties.ts';
import {getProperty} from '../values/property.ts';
import {GuestObject, type Value} from '../values/value.ts';
import type {Compiler, Expression, Frame} from './code.ts';
import {storeMember} from './members.ts';
import {refuseAwait} from './refuse.ts';
import {assignVariable, initializeVariable, type Store} from './variables.ts';

/** `declare` initializes the names of a declaration, `assign` stores in targets that exist. */
export type BindingMode = 'declare' | 'assign';

/** Code that takes a value apart along a pattern. */
export function bindPattern(node: ESTree.Node, compiler: Compiler, mode: BindingMode): Store {
  if (compiler.facts.awaiting.has(node)) refuseAwait(node, 'a destructuring pattern');
  switch (node.type) {
    case 'Identifier':
      return bindIdentifier(node, compiler, mode);
    case 'MemberExpression':
      return bindMember(node, compiler);
    case 'AssignmentPattern':
      return bindDefault(node, compiler, mode);
    case 'ArrayPattern':
      return bindArray(node, compiler, mode);
    case 'ObjectPattern':
      return bindObject(node, compiler, mode);
    default:
      throw new Error(`${node.type} is not a pattern`);
  }
}

function bindIdentifier(node: ESTree.Identifier, compiler: Compiler, mode: BindingMode): Store {
  const binding = compiler.scopes.bindings.get(node);
  if (!binding) return unknownTarget(node, compiler);
  return mode === 'declare'
    ? initializeVariable(binding, compiler)
    : assignVariable(binding as Binding, node.start ?? 0, compiler);
}

function unknownTarget(node: ESTree.Identifier, {realm, globals}: Compiler): Store {
  const {name, start} = node;
  if (globals.has(name)) return () => realm.raise('TypeError', `Assignment to the built-in '${name}'`, start);
  return () => realm.raise('ReferenceError', `${name} is not defined`, start);
}

function bindMember(node: ESTree.MemberExpression, compiler: Compiler): Store {
  const store = storeMember(node, compiler);
  return (frame, value) => {
    store(frame)(value);
  };
}

function bindDefault(node: ESTree.AssignmentPattern, compiler: Compiler, mode: BindingMode): Store {
  const bind = bindPattern(node.left, compiler, mode);
  const name = node.left.type === 'Identifier' ? node.left.name : '';
  const otherwise = compiler.named(node.right as ESTree.Expression, name);
  return (frame, value) => bind(frame, value === undefined ? otherwise(frame) : value);
}

function bindArray(node: ESTree.ArrayPattern, compiler: Compiler, mode: BindingMode): Store {
  const {realm} = compiler;
  const binders = node.elements.map((element) => element && bindElement(element, compiler, mode));
  return (frame, value) => {
    const next = openIterator(realm, value, node.start);
    let done = false;
    const take = (): Value => {
      const item = done ? exhausted : next();
      done = item === exhausted;
      return done ? undefined : (item as Value);
    };
    for (const bind of binders) {
      if (bind) bind(frame, take, () => done);
      else take();
    }
  };
}

type ElementBinder = (frame: Frame, take: () => Value, done: () => boolean) => void;

function bindElement(node: ESTree.Pattern, compiler: Compiler, mode: BindingMode): ElementBinder {
  if (node.type !== 'RestElement') {
    const bind = bindPattern(node, compiler, mode);
    return (frame, take) => bind(frame, take());
  }
  const {meter} = compiler.realm;
  const bind = bindPattern(node.argument, compiler, mode);
  return (frame, take, done) => {
    const rest: Value[] = [];
    for (let item = take(); !done(); item = take()) {
      rest.push(item);
      meter.charge(1);
      meter.checkLength(rest.length);
    }
    bind(frame, rest);
  };
}

function bindObject(node: ESTree.ObjectPattern, compiler: Compiler, mode: BindingMode): Store {
  const {realm} = compiler;
  const {start} = node;
  const rest = node.properties.find((property) => property.type === 'RestElement');
  const properties = node.properties.filter((property) => property.type === 'Property');
  const binders = properties.map((property) => bindProperty(property, compiler, mode));
  const bindRest = rest && bindPattern(rest.argument, compiler, mode);
  return (frame, value) => {
    if (value === undefined || value === null) {
      realm.raise('TypeError', `Cannot destructure ${value}: it has no properties`, start);
    }
    const taken = binders.map((bind) => bind(frame, value));
    if (!bindRest) return;
    const others = new GuestObject();
    copyProperties(realm, value, others, new Set(taken));
    bindRest(frame, others);
  };
}

/** Code that takes one property out of a value, and says which. */
function bindProperty(
  node: ESTree.AssignmentProperty,
  compiler: Compiler,
  mode: BindingMode,
): (frame: Frame, value: Value) => string {
  const {realm} = compiler;
  const bind = bindPattern(node.value, compiler, mode);
  const key = propertyKey(node, compiler);
  const start = node.start ?? 0;
  return (frame, value) => {
    const name = typeof key === 'string' ? key : toKey(realm, key(frame));
    bind(frame, getProperty(realm, value, name, start));
    return name;
  };
}

/** A property's key: its text, or the code that computes it. */
export function propertyKey(
  node: {key: ESTree.Expression; computed: boolean},
  compiler: Compiler,
): string | Expression {
  if (node.computed) return compiler.expression(node.key);
  if (node.key.type === 'Identifier') return node.key.name;
  if (node.key.type === 'Literal') return String(node.key.value);
  throw new Error(`${node.key.type} is not a property name`);
}
