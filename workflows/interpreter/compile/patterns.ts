import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import type {Binding} from '../scope/binding.ts';
import {toKey} from '../values/convert.ts';
import {exhausted, type Next, openIterator} from '../values/iterate.ts';
import {copyProperties} from '../values/own-properties.ts';
import {getProperty} from '../values/property.ts';
import {GuestObject, type Value} from '../values/value.ts';
import type {BindingMode, Compiler, Expression, Frame} from './code.ts';
import {storeMember} from './members.ts';
import {assignVariable, initializeVariable, type Store} from './variables.ts';

/** Code that takes a value apart along a pattern in which nothing awaits. */
export function bindPattern(node: ESTree.Node, compiler: Compiler, mode: BindingMode): Store {
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
    const items = new Items(realm, value, node.start);
    for (const bind of binders) {
      if (bind) bind(frame, items);
      else items.take();
    }
  };
}

function bindElement(
  node: ESTree.Pattern,
  compiler: Compiler,
  mode: BindingMode,
): (frame: Frame, items: Items) => void {
  if (node.type !== 'RestElement') {
    const bind = bindPattern(node, compiler, mode);
    return (frame, items) => bind(frame, items.take());
  }
  const bind = bindPattern(node.argument, compiler, mode);
  return (frame, items) => bind(frame, items.takeRest());
}

/** What an array pattern takes from an iterable, item by item. */
export class Items {
  readonly #realm: Realm;
  readonly #next: Next;
  #done = false;

  /** Throws a TypeError of the program where the value can't be iterated. */
  constructor(realm: Realm, value: Value, start: number | undefined) {
    this.#realm = realm;
    this.#next = openIterator(realm, value, start);
  }

  /** The next item; undefined when there is none. */
  take(): Value {
    const item = this.#done ? exhausted : this.#next();
    this.#done = item === exhausted;
    return this.#done ? undefined : (item as Value);
  }

  takeRest(): Value[] {
    const {meter} = this.#realm;
    const rest: Value[] = [];
    for (let item = this.take(); !this.#done; item = this.take()) {
      rest.push(item);
      meter.charge(1);
      meter.checkLength(rest.length);
    }
    return rest;
  }
}

function bindObject(node: ESTree.ObjectPattern, compiler: Compiler, mode: BindingMode): Store {
  const {realm} = compiler;
  const {start} = node;
  const {properties, rest} = partsOf(node);
  const binders = properties.map((property) => bindProperty(property, compiler, mode));
  const bindRest = rest && bindPattern(rest.argument, compiler, mode);
  return (frame, value) => {
    checkHasProperties(realm, value, start);
    const taken = binders.map((bind) => bind(frame, value));
    bindRest?.(frame, withoutProperties(realm, value, taken));
  };
}

/** An object pattern's properties, and the `...rest` at its end. */
export function partsOf({properties}: ESTree.ObjectPattern): {
  properties: ESTree.AssignmentProperty[];
  rest: ESTree.RestElement | undefined;
} {
  return {
    properties: properties.filter((property) => property.type === 'Property'),
    rest: properties.find((property) => property.type === 'RestElement'),
  };
}

export function checkHasProperties(realm: Realm, value: Value, start: number | undefined): void {
  if (value !== undefined && value !== null) return;
  realm.raise('TypeError', `Cannot destructure ${value}: it has no properties`, start);
}

/** A new object with the properties that a pattern has not taken. */
export function withoutProperties(realm: Realm, value: Value, taken: readonly string[]): GuestObject {
  const others = new GuestObject();
  copyProperties(realm, value, others, new Set(taken));
  return others;
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
