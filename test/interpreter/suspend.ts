import {type ESTree, parse} from 'meriyah';

const before = 'async () => {';

/**
 * The same program with waits wherever there may be one. What is evaluated stays the same, and its order; so the code that
 * goes on after a wait comes to what the code that never waits comes to.
 *
 * @param what `all`: each function that is only called directly becomes asynchronous and its calls are awaited, and so are
 *   names, literals, members and calls in all asynchronous code; `literals`: only those, where a program has promises of its
 *   own and counts who waits how often
 */
export function suspended(program: string, what: 'all' | 'literals'): string {
  const text = `${before}${program}\n}`;
  const tree = parse(text, {module: true, next: true, ranges: {start: true, end: true, range: false}});
  const suspension =
    what === 'all'
      ? new Suspension(directlyCalled(tree), awaited)
      : new Suspension(new Set(), new Set(['Literal']));
  suspension.visit(tree, false);
  return suspension.apply(text).slice(before.length, -2);
}

type Node = ESTree.Node & {start: number; end: number};
type Fields = Record<string, unknown>;

function childrenOf(node: ESTree.Node): [key: string, child: Node][] {
  return Object.entries(node as unknown as Fields).flatMap(([key, value]) => {
    const children = Array.isArray(value) ? value : [value];
    return children.filter(isNode).map((child): [string, Node] => [key, child]);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function* nodesOf(node: ESTree.Node): Generator<ESTree.Node> {
  yield node;
  for (const [, child] of childrenOf(node)) yield* nodesOf(child);
}

/** Names that stand for one function, and that are used for nothing but calling it. */
function directlyCalled(tree: ESTree.Node): ReadonlySet<string> {
  const declared = new Map<string, number>();
  const mentioned = new Map<string, number>();
  const called = new Map<string, number>();
  const count = (counts: Map<string, number>, node: ESTree.Node | null) => {
    if (node?.type === 'Identifier') counts.set(node.name, (counts.get(node.name) ?? 0) + 1);
  };
  for (const node of nodesOf(tree)) {
    count(mentioned, node);
    if (node.type === 'FunctionDeclaration') count(declared, node.id);
    if (node.type === 'VariableDeclarator' && isFunction(node.init)) count(declared, node.id);
    if (node.type === 'CallExpression') count(called, node.callee);
  }
  const names = [...declared.keys()].filter((name) => {
    return declared.get(name) === 1 && mentioned.get(name) === 1 + (called.get(name) ?? 0);
  });
  return new Set(names);
}

type FunctionNode = ESTree.ArrowFunctionExpression | ESTree.FunctionExpression | ESTree.FunctionDeclaration;

function isFunction(node: ESTree.Node | null | undefined): node is FunctionNode {
  return /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node?.type ?? '');
}

const awaited: ReadonlySet<string> = new Set([
  'Literal',
  'Identifier',
  'CallExpression',
  'NewExpression',
  'MemberExpression',
]);

/** Where an expression can't be replaced by an awaited one. */
const fixed: ReadonlySet<string> = new Set([
  'VariableDeclarator.id',
  'AssignmentExpression.left',
  'AssignmentPattern.left',
  'UpdateExpression.argument',
  'ForInStatement.left',
  'ForOfStatement.left',
  'CatchClause.param',
  'RestElement.argument',
  'NewExpression.callee',
  'ChainExpression.expression',
  'LabeledStatement.label',
  'BreakStatement.label',
  'ContinueStatement.label',
]);

class Suspension {
  readonly #asynchronous: ReadonlySet<string>;
  readonly #awaited: ReadonlySet<string>;
  readonly #opening = new Map<number, string>();
  readonly #closing = new Map<number, string>();

  constructor(asynchronous: ReadonlySet<string>, awaited: ReadonlySet<string>) {
    this.#asynchronous = asynchronous;
    this.#awaited = awaited;
  }

  apply(text: string): string {
    const at = (offset: number) => (this.#closing.get(offset) ?? '') + (this.#opening.get(offset) ?? '');
    return Array.from({length: text.length}, (_, offset) => at(offset) + text[offset]).join('');
  }

  visit(node: ESTree.Node, waits: boolean): void {
    for (const [key, child] of childrenOf(node)) this.#visitChild(node, key, child, waits);
  }

  #visitChild(parent: ESTree.Node, key: string, child: Node, waits: boolean): void {
    if (isFunction(child)) this.#visitFunction(parent, key, child, waits);
    else if (isPattern(parent, key, child)) this.#visitPattern(child, waits);
    else if (isName(parent, key)) return;
    else if (waits && this.#awaited.has(child.type) && mayWait(parent, key, child)) {
      const shorthand = parent.type === 'Property' && parent.shorthand && child.type === 'Identifier';
      this.#open(child.start, shorthand ? `${child.name}: (await (` : '(await (');
      this.visit(child, waits);
      this.#close(child.end, '))');
    } else this.visit(child, waits);
  }

  #visitFunction(parent: ESTree.Node, key: string, node: FunctionNode, waits: boolean): void {
    const name =
      node.type === 'FunctionDeclaration' ? node.id : parent.type === 'VariableDeclarator' && parent.id;
    const isCalled = name && name.type === 'Identifier' && this.#asynchronous.has(name.name);
    const isCallee = waits && parent.type === 'CallExpression' && key === 'callee';
    const becomes = !node.async && (isCalled || (isCallee && this.#awaited.has('CallExpression')));
    if (becomes) this.#open(node.start ?? 0, 'async ');
    // A parameter's default can't await.
    for (const parameter of node.params) this.visit(parameter, false);
    if (!node.body) return;
    const body = node.body as Node;
    const inner = node.async || Boolean(becomes);
    this.#visitChild({type: 'ReturnStatement'} as ESTree.Node, 'argument', body, inner);
  }

  /** What a pattern binds stays; its defaults and computed keys are expressions like others. */
  #visitPattern(pattern: ESTree.Node, waits: boolean): void {
    for (const [key, child] of childrenOf(pattern)) {
      const isExpression = pattern.type === 'AssignmentPattern' && key === 'right';
      if (isExpression) this.#visitChild({type: 'ReturnStatement'} as ESTree.Node, 'argument', child, waits);
      else if (child.type !== 'Identifier' && child.type !== 'Literal') this.#visitPattern(child, waits);
    }
  }

  #open(offset: number, text: string): void {
    this.#opening.set(offset, (this.#opening.get(offset) ?? '') + text);
  }

  #close(offset: number, text: string): void {
    this.#closing.set(offset, (this.#closing.get(offset) ?? '') + text);
  }
}

function isPattern(parent: ESTree.Node, key: string, {type}: ESTree.Node): boolean {
  if (type === 'ArrayPattern' || type === 'ObjectPattern' || type === 'AssignmentPattern') return true;
  return (
    parent.type === 'ArrayPattern' ||
    parent.type === 'ObjectPattern' ||
    (parent.type === 'RestElement' && key === 'argument')
  );
}

/** Names of properties and labels, which are no expressions. */
function isName(parent: ESTree.Node, key: string): boolean {
  if (parent.type === 'MemberExpression') return key === 'property' && !parent.computed;
  return parent.type === 'Property' && key === 'key' && !parent.computed;
}

function mayWait(parent: ESTree.Node, key: string, child: ESTree.Node): boolean {
  if (fixed.has(`${parent.type}.${key}`)) return false;
  // `delete` and `typeof` look at the name, a method call at the object.
  if (parent.type === 'UnaryExpression') return child.type !== 'Identifier' && parent.operator !== 'delete';
  if (key === 'callee') return child.type === 'CallExpression';
  // What stands left of a `?.` has to stay in its chain.
  return !(parent.type === 'MemberExpression' && key === 'object' && child.type !== 'Identifier');
}
