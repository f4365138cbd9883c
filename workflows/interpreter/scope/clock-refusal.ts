import type {ESTree} from 'meriyah';
import type {Refusal} from '../syntax/refusals.ts';

const refusal: Refusal = {
  message: 'Date without arguments is not available in programs',
  hint: 'Programs have no clock: a tool has to tell the time. Dates with arguments are there: new Date(text).',
};

/** Refuses `new Date()` and `Date()`, which ask for the present time. The callee is known to be the built-in. */
export function clockRefusal(node: ESTree.CallExpression | ESTree.NewExpression): Refusal | undefined {
  return node.type === 'CallExpression' || node.arguments.length === 0 ? refusal : undefined;
}
