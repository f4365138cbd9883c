import type {ESTree} from 'meriyah';
import {dateConstructor} from '../builtins/date.ts';
import {nearest} from '../nearest.ts';
import {forEachChild} from '../syntax/children.ts';
import {Refusals} from '../syntax/refusals.ts';
import {staticName} from '../syntax/static-name.ts';
import type {ToolParameters} from '../tool-parameters.ts';
import type {Value} from '../values/value.ts';
import type {ScopeTable} from './binding.ts';
import {hasMember, ownMembers} from './built-in-members.ts';
import {clockRefusal} from './clock-refusal.ts';
import {leftOutMember, leftOutNames} from './left-out.ts';
import {unknownNameHint} from './name-hints.ts';
import {isOfProgram, isProbed, type Place} from './place.ts';
import {toolCallRefusal} from './tool-call-refusal.ts';
import {unawaitedArray} from './unawaited-array.ts';

/** What the names of a program are checked against. */
export interface KnownNames {
  scopes: ScopeTable;
  globals: ReadonlyMap<string, Value>;
  tools: ToolParameters;
}

/**
 * Refuses what would fail only while the program runs, perhaps when half of its work is done: names that nothing
 * declares, members that built-ins don't have, calls that no tool takes, and promises in an array that nothing awaits.
 *
 * @throws Refused with kind `ReferenceError` or `UnsupportedSyntax`, the hint naming all of it
 */
export function checkNames(root: ESTree.Node, known: KnownNames, lineOf: (offset: number) => number): void {
  const check = new NameCheck(known);
  const places: Place[] = [{node: root, outer: undefined}];
  for (let place = places.pop(); place; place = places.pop()) {
    const outer = place;
    check.visit(place);
    forEachChild(place.node, (node) => places.push({node, outer}));
  }
  check.refusals.check(lineOf);
}

class NameCheck {
  readonly refusals = new Refusals();
  readonly #globals: ReadonlyMap<string, Value>;
  readonly #tools: ToolParameters;
  readonly #free: ReadonlySet<ESTree.Node>;

  constructor({scopes, globals, tools}: KnownNames) {
    this.#globals = globals;
    this.#tools = tools;
    this.#free = new Set(scopes.globals);
  }

  visit(place: Place): void {
    const {node} = place;
    switch (node.type) {
      case 'Identifier':
        if (this.#free.has(node) && !this.#globals.has(node.name) && !isProbed(place))
          this.#refuseName(place, node);
        return;
      case 'MemberExpression':
        if (!isProbed(place)) this.#checkMember(node.object, staticName(node), node.property);
        return;
      case 'VariableDeclarator':
        this.#checkPattern(node.id, node.init);
        return;
      case 'AssignmentExpression':
        this.#checkPattern(node.left, node.right);
        return;
      case 'CallExpression':
      case 'NewExpression':
        if (this.#free.has(node.callee)) this.#checkCall(node);
        return;
      case 'AwaitExpression':
        this.#checkArray(node.argument);
        return;
      case 'ReturnStatement':
        if (node.argument && isOfProgram(place)) this.#checkArray(node.argument);
    }
  }

  #refuseName(place: Place, {name, start = 0}: ESTree.Identifier): void {
    const leftOut = leftOutNames.get(name);
    if (leftOut !== undefined) {
      this.refusals.add({message: `\`${name}\` is not available in programs`, hint: leftOut}, start);
      return;
    }
    const hint = unknownNameHint(place, [...this.#globals.keys()], this.#tools);
    this.refusals.add({kind: 'ReferenceError', message: `${name} is not defined`, hint}, start);
  }

  #checkMember(object: ESTree.Node, member: string | undefined, at: ESTree.Node): void {
    if (member === undefined || object.type !== 'Identifier' || !this.#free.has(object)) return;
    const {name} = object;
    const builtIn = this.#globals.get(name);
    if (builtIn === undefined || hasMember(builtIn, member)) return;
    const hint = leftOutMember(name, member) ?? memberHint(name, member, ownMembers(builtIn));
    this.refusals.add({message: `\`${name}.${member}\` is not available in programs`, hint}, at.start ?? 0);
  }

  /** `const {random} = Math`. */
  #checkPattern(pattern: ESTree.Node, value: ESTree.Node | null | undefined): void {
    if (pattern.type !== 'ObjectPattern' || !value) return;
    for (const property of pattern.properties) {
      if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
      if (property.value.type !== 'AssignmentPattern')
        this.#checkMember(value, property.key.name, property.key);
    }
  }

  #checkCall(node: ESTree.CallExpression | ESTree.NewExpression): void {
    const isDate =
      node.callee.type === 'Identifier' && this.#globals.get(node.callee.name) === dateConstructor;
    const refusal = isDate ? clockRefusal(node) : toolCallRefusal(node, this.#tools);
    if (refusal) this.refusals.add(refusal, node.start ?? 0);
  }

  #checkArray(value: ESTree.Node): void {
    const isTool = (node: ESTree.Node) => {
      return node.type === 'Identifier' && this.#free.has(node) && this.#tools.has(node.name);
    };
    const refusal = unawaitedArray(value, isTool);
    if (refusal) this.refusals.add(refusal, value.start ?? 0);
  }
}

function memberHint(namespace: string, member: string, known: readonly string[]): string {
  const near = nearest(member, known);
  if (near !== undefined) return `Did you mean ${namespace}.${near}?`;
  return known.length > 0 ? `${namespace} has: ${known.join(', ')}.` : `${namespace} is a function.`;
}
