/**
 * A deep copy of a syntax node. Stands in for `structuredClone`, which the parser asks for and Temporal's workflow
 * sandbox does not have.
 */
export function cloneNode<T>(node: T): T {
  if (Array.isArray(node)) return node.map(cloneNode) as T;
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, cloneNode(value)])) as T;
}
