import type {ESTree} from 'meriyah';

/** Calls `visit` with each node right below a node, in source order, and with where the node hangs. */
export function forEachChild(
  node: ESTree.Node,
  visit: (child: ESTree.Node, holder: Record<string, unknown>, key: string) => void,
): void {
  const holder = node as unknown as Record<string, unknown>;
  for (const key in holder) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null || isRepeatedKey(node, key)) continue;
    if (isNode(value)) visit(value, holder, key);
    else if (Array.isArray(value)) visitList(value, visit);
  }
}

function visitList(
  list: unknown[],
  visit: (child: ESTree.Node, holder: Record<string, unknown>, key: string) => void,
): void {
  for (let index = 0; index < list.length; index++) {
    const child = list[index];
    if (isNode(child)) visit(child, list as unknown as Record<string, unknown>, String(index));
  }
}

// A shorthand property `{a}` has one node as its key and its value.
function isRepeatedKey(node: ESTree.Node, key: string): boolean {
  return key === 'key' && node.type === 'Property' && node.shorthand;
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && typeof (value as {type?: unknown}).type === 'string';
}

export type FunctionNode =
  | ESTree.ArrowFunctionExpression
  | ESTree.FunctionExpression
  | ESTree.FunctionDeclaration;

/** Whether a node is a function: what is inside it runs at another time. */
export function isFunction(node: ESTree.Node): node is FunctionNode {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

/** What stands in parentheses, however many there are. */
export function withoutParentheses(node: ESTree.Node): ESTree.Node {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
  return inner;
}
