import type {ESTree} from 'meriyah';
import type {Refusal} from '../syntax/refusals.ts';
import type {ToolParameters} from '../tool-parameters.ts';

/** Why a call of a tool can't be meant as it is written; undefined where it may be, or where that shows only later. */
export function toolCallRefusal(
  node: ESTree.CallExpression | ESTree.NewExpression,
  tools: ToolParameters,
): Refusal | undefined {
  const {callee, arguments: args} = node;
  if (callee.type !== 'Identifier' || !tools.has(callee.name)) return undefined;
  if (args.some((argument) => argument.type === 'SpreadElement')) return undefined;
  const {name} = callee;
  const hint = `Write await ${tools.call(name)}`;
  const [first, second] = args;
  if (second) return {message: `${name} takes one object`, hint};
  const required = tools.required(name);
  if (!first && required.length > 0) return {message: `${name} needs ${required.join(', ')}`, hint};
  if (first && isText(first) && tools.isKnown(name) && tools.single(name) === undefined) {
    return {message: `${name} takes one object`, hint};
  }
  return undefined;
}

function isText(node: ESTree.Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}
