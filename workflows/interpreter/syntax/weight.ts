import type {ESTree} from 'meriyah';

/** Nodes that cost more than reading a variable or adding two numbers, in units of such plain nodes. */
const weights: ReadonlyMap<string, number> = new Map([
  ['CallExpression', 12],
  ['NewExpression', 12],
  ['ArrayExpression', 14],
  ['ObjectExpression', 48],
  ['Property', 8],
  ['ArrowFunctionExpression', 32],
  ['FunctionExpression', 32],
  ['FunctionDeclaration', 32],
  ['ArrayPattern', 16],
  ['RestElement', 16],
  ['TemplateLiteral', 4],
  ['TryStatement', 8],
  ['ThrowStatement', 16],
  ['AwaitExpression', 40],
  ['ForOfStatement', 8],
]);

/** How much work a node is by itself, by its type alone: what stands below it counts separately. */
export function weightOf(node: ESTree.Node): number {
  // A hole is no node of its own.
  const isArray = node.type === 'ArrayExpression' || node.type === 'ArrayPattern';
  return (isArray ? node.elements.length : 0) + (weights.get(node.type) ?? 1);
}
