import type {ESTree} from 'meriyah';
import {type FunctionNode, forEachChild, isFunction} from '../syntax/children.ts';
import type {Binding, BindingKind, FunctionScope, Scope, ScopeTable} from './binding.ts';
import {boundNames, hoistedNames} from './declarations.ts';

/** Slots at the start of every frame: the captured boxes, and the value being returned. */
const reservedSlots = 2;

/** Finds for every identifier the declaration that it means, and for every declaration its slot. */
export function analyzeScopes(root: ESTree.ArrowFunctionExpression): ScopeTable {
  const analysis = new Analysis();
  analysis.visitFunction(root, undefined);
  return analysis;
}

class Analysis implements ScopeTable {
  readonly scopes = new Map<ESTree.Node, Scope>();
  readonly bindings = new Map<ESTree.Node, Binding>();
  readonly functions = new Map<FunctionNode, FunctionScope>();
  readonly globals: ESTree.Identifier[] = [];

  visitFunction(node: FunctionNode, outer: Scope | undefined): void {
    const owner: FunctionScope = {
      parent: outer?.owner,
      async: node.async,
      slots: reservedSlots,
      captures: new Map(),
      self: undefined,
    };
    this.functions.set(node, owner);
    const scope = this.#open(node, this.#ownName(node, owner, outer), owner);
    const simple = node.params.every((parameter) => parameter.type === 'Identifier');
    for (const parameter of node.params) {
      this.#declare(scope, 'parameter', parameter, simple ? -1 : (parameter.end ?? -1));
    }
    if (node.body) for (const name of hoistedNames(node.body)) this.#declare(scope, 'var', name, -1);
    for (const parameter of node.params) this.visit(parameter, scope);
    if (node.body?.type === 'BlockStatement') {
      this.#joinHoisted(node.body.body, scope);
      this.#visitBody(node.body, node.body.body, scope);
    } else if (node.body) this.visit(node.body, scope);
  }

  // A function that the body declares is the parameter or the `var` of its name, if there is one.
  #joinHoisted(statements: readonly ESTree.Node[], scope: Scope): void {
    for (const statement of statements) {
      if (statement.type !== 'FunctionDeclaration' || !statement.id) continue;
      const binding = scope.bindings.get(statement.id.name);
      if (binding) this.bindings.set(statement.id, binding);
    }
  }

  // A function expression can call itself by its own name, which nothing outside sees.
  #ownName(node: FunctionNode, owner: FunctionScope, outer: Scope | undefined): Scope | undefined {
    if (node.type !== 'FunctionExpression' || !node.id) return outer;
    const scope: Scope = {parent: outer, owner, bindings: new Map(), functions: []};
    this.#declare(scope, 'const', node.id, -1);
    owner.self = scope.bindings.get(node.id.name);
    return scope;
  }

  #open(node: ESTree.Node, parent: Scope | undefined, owner: FunctionScope): Scope {
    const scope: Scope = {parent, owner, bindings: new Map(), functions: []};
    this.scopes.set(node, scope);
    return scope;
  }

  #declare(scope: Scope, kind: BindingKind, pattern: ESTree.Node, settledAt: number): void {
    for (const identifier of boundNames(pattern)) {
      const {name} = identifier;
      const declared = scope.bindings.get(name);
      const binding = declared ?? {
        name,
        kind,
        owner: scope.owner,
        slot: scope.owner.slots++,
        settledAt,
        captured: false,
        checked: false,
      };
      scope.bindings.set(name, binding);
      this.bindings.set(identifier, binding);
    }
  }

  /** Declares what a list of statements declares, then visits them. */
  #visitBody(node: ESTree.Node, statements: readonly ESTree.Node[], parent: Scope): void {
    const scope = this.#open(node, parent, parent.owner);
    this.#declareStatements(statements, scope, undefined);
    for (const statement of statements) this.visit(statement, scope);
  }

  #declareStatements(statements: readonly ESTree.Node[], scope: Scope, settledAt: number | undefined): void {
    for (const statement of statements) {
      if (statement.type === 'FunctionDeclaration' && statement.id) {
        if (!this.bindings.has(statement.id)) this.#declare(scope, 'function', statement.id, -1);
        scope.functions.push(statement);
      }
      if (statement.type === 'VariableDeclaration') this.#declareVariables(statement, scope, settledAt);
    }
  }

  #declareVariables(node: ESTree.VariableDeclaration, scope: Scope, settledAt: number | undefined): void {
    if (node.kind === 'var') return;
    const kind = node.kind === 'const' ? 'const' : 'let';
    for (const declarator of node.declarations) {
      this.#declare(scope, kind, declarator.id, settledAt ?? declarator.end ?? 0);
    }
  }

  visit(node: ESTree.Node, scope: Scope): void {
    if (isFunction(node)) this.visitFunction(node, scope);
    else this.#visitNode(node, scope);
  }

  #visitNode(node: Exclude<ESTree.Node, FunctionNode>, scope: Scope): void {
    switch (node.type) {
      case 'Identifier':
        this.#resolve(node, scope);
        return;
      case 'BlockStatement':
        this.#visitBody(node, node.body, scope);
        return;
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.#visitLoop(node, scope);
        return;
      case 'SwitchStatement':
        this.#visitSwitch(node, scope);
        return;
      case 'CatchClause':
        this.#visitCatch(node, scope);
        return;
      case 'MemberExpression':
        this.visit(node.object, scope);
        if (node.computed) this.visit(node.property, scope);
        return;
      case 'Property':
        if (node.computed) this.visit(node.key, scope);
        this.visit(node.value, scope);
        return;
      case 'LabeledStatement':
        this.visit(node.body, scope);
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        return;
      default:
        forEachChild(node, (child) => this.visit(child, scope));
    }
  }

  #visitLoop(node: ESTree.ForStatement | ESTree.ForInStatement | ESTree.ForOfStatement, parent: Scope): void {
    const scope = this.#open(node, parent, parent.owner);
    const head = node.type === 'ForStatement' ? node.init : node.left;
    const settledAt = node.type === 'ForStatement' ? undefined : node.right.end;
    if (head?.type === 'VariableDeclaration') this.#declareVariables(head, scope, settledAt);
    forEachChild(node, (child) => this.visit(child, scope));
  }

  // A later case can be entered without the declarations of an earlier one having run.
  #visitSwitch(node: ESTree.SwitchStatement, parent: Scope): void {
    this.visit(node.discriminant, parent);
    const scope = this.#open(node, parent, parent.owner);
    for (const branch of node.cases) this.#declareStatements(branch.consequent, scope, Infinity);
    for (const branch of node.cases) forEachChild(branch, (child) => this.visit(child, scope));
  }

  #visitCatch(node: ESTree.CatchClause, parent: Scope): void {
    const scope = this.#open(node, parent, parent.owner);
    if (node.param) {
      this.#declare(scope, 'let', node.param, -1);
      this.visit(node.param, scope);
    }
    this.visit(node.body, scope);
  }

  #resolve(node: ESTree.Identifier, scope: Scope): void {
    if (this.bindings.has(node)) return;
    const binding = lookUp(node.name, scope);
    if (!binding) {
      this.globals.push(node);
      return;
    }
    this.bindings.set(node, binding);
    const used = node.start ?? 0;
    if (binding.owner !== scope.owner) capture(binding, scope.owner);
    else if (used < binding.settledAt) binding.checked = true;
  }
}

function lookUp(name: string, from: Scope): Binding | undefined {
  for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding) return binding;
  }
  return undefined;
}

function capture(binding: Binding, user: FunctionScope): void {
  binding.captured = true;
  for (let scope: FunctionScope | undefined = user; scope && scope !== binding.owner; scope = scope.parent) {
    if (!scope.captures.has(binding)) scope.captures.set(binding, scope.captures.size);
  }
}
