import type {ESTree} from 'meriyah';

/** Nodes that cost more than reading a variable or adding two numbers, in units of such plain nodes. */
const weights: ReadonlyMap<string, number> = new Map([
  ['CallExpression', 12],
  ['NewExpression', 12],
  ['ArrayExpression', 24],
  ['ObjectExpression', 80],
  ['Property', 16],
  ['ArrowFunctionExpression', 40],
  ['FunctionExpression', 40],
  ['FunctionDeclaration', 40],
  ['ArrayPattern', 16],
  ['RestElement', 24],
  ['TemplateLiteral', 4],
  ['TryStatement', 8],
  ['ThrowStatement', 16],
  ['AwaitExpression', 40],
  ['ForOfStatement', 8],
]);

/** An array that is empty is there to be filled, and then takes room for 17 elements. */
const emptyArrayWeight = 56;

/** How much work a node is by itself, and how much memory: what stands below it counts separately. */
export function weightOf(node: ESTree.Node): number {
  // A hole is no node of its own.
  const isArray = node.type === 'ArrayExpression' || node.type === 'ArrayPattern';
  if (node.type === 'ArrayExpression' && node.elements.length === 0) return emptyArrayWeight;
  return (isArray ? node.elements.length : 0) + (weights.get(node.type) ?? 1);
}
