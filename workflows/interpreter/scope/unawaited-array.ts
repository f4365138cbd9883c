import type {ESTree} from 'meriyah';
import type {Refusal} from '../syntax/refusals.ts';

const refusal: Refusal = {
  message: 'The promises in this array are not awaited',
  hint: 'Use await Promise.all(…) around it, or gather(…).',
};

/**
 * Refuses an array of promises that is awaited or returned as it is: `await items.map(async …)`.
 *
 * @param isTool whether a node names a tool
 */
export function unawaitedArray(
  value: ESTree.Node,
  isTool: (node: ESTree.Node) => boolean,
): Refusal | undefined {
  const gives = (node: ESTree.Node | null | undefined): boolean => {
    return node?.type === 'CallExpression' && isTool(node.callee);
  };
  if (value.type === 'ArrayExpression') return value.elements.some(gives) ? refusal : undefined;
  if (value.type !== 'CallExpression' || value.callee.type !== 'MemberExpression') return undefined;
  const {property} = value.callee;
  if (property.type !== 'Identifier' || (property.name !== 'map' && property.name !== 'flatMap'))
    return undefined;
  const [code] = value.arguments;
  if (!code) return undefined;
  const isFunction = code.type === 'ArrowFunctionExpression' || code.type === 'FunctionExpression';
  const waits = isFunction ? code.async || gives(code.body) : isTool(code);
  return waits ? refusal : undefined;
}
