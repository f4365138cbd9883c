import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';
import {forEachChild, isFunction} from './children.ts';
import {unsupported} from './unsupported.ts';
import {weightOf} from './weight.ts';

/** What is known of each node before it is compiled. Functions inside a node don't count to it. */
export interface TreeFacts {
  /** Nodes that wait: an `await` is in them. Compiling adds those that it makes. */
  readonly awaiting: Set<ESTree.Node>;
  /** How much work a node is with all that is in it, in units of a plain node; see `weightOf`. */
  readonly sizes: ReadonlyMap<ESTree.Node, number>;
  /** How deep the deepest node below a function's node is, counted from that function. */
  readonly depths: ReadonlyMap<ESTree.Node, number>;
}

interface Visit {
  node: ESTree.Node;
  parent: Visit | undefined;
  depth: number;
}

/**
 * Walks the tree once, without recursion since its depth isn't known yet; takes parentheses out of it on the way.
 *
 * @param root the program's function
 * @throws Refused for syntax that the language leaves out or that is nested deeper than `syntaxDepth`
 */
export function checkTree(root: ESTree.ArrowFunctionExpression, syntaxDepth: number): TreeFacts {
  const visits: Visit[] = [{node: root, parent: undefined, depth: 0}];
  for (let index = 0; index < visits.length; index++) {
    const visit = visits[index] as Visit;
    checkNode(visit, syntaxDepth);
    forEachChild(visit.node, (child, holder, key) => {
      visits.push({node: withoutParentheses(child, holder, key), parent: visit, depth: visit.depth + 1});
    });
  }
  return collectFacts(visits);
}

function checkNode({node, parent, depth}: Visit, syntaxDepth: number): void {
  if (depth > syntaxDepth) throw tooDeep(syntaxDepth);
  const refusal = unsupported(node, parent?.node);
  if (refusal) throw new Refused('UnsupportedSyntax', refusal.message, node.start, refusal.hint);
}

/** The failure of a program whose syntax is nested too deep. It names no place: the parser may not know one. */
export function tooDeep(limit: number): Refused {
  return new Refused(
    'BudgetExceeded',
    `budget syntaxDepth: the syntax is nested deeper than ${limit} levels`,
    undefined,
    'Split long expressions and deep nesting into variables and functions.',
  );
}

function withoutParentheses(node: ESTree.Node, holder: Record<string, unknown>, key: string): ESTree.Node {
  let inner = node;
  while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
  if (inner !== node) holder[key] = inner;
  return inner;
}

// Parents stand before their children in the list, so from its end every node is complete when it is met.
function collectFacts(visits: Visit[]): TreeFacts {
  const awaiting = new Set<ESTree.Node>();
  const sizes = new Map<ESTree.Node, number>();
  const depths = new Map<ESTree.Node, number>();
  for (let index = visits.length - 1; index >= 0; index--) {
    const {node, parent} = visits[index] as Visit;
    if (waits(node)) awaiting.add(node);
    const size = (sizes.get(node) ?? 0) + (isFunction(node) ? 0 : weightOf(node));
    sizes.set(node, size);
    const depth = depths.get(node) ?? 0;
    if (!parent) continue;
    if (isFunction(node)) {
      sizes.set(parent.node, (sizes.get(parent.node) ?? 0) + weightOf(node));
    } else {
      if (awaiting.has(node) && !isFunction(parent.node)) awaiting.add(parent.node);
      sizes.set(parent.node, (sizes.get(parent.node) ?? 0) + size);
      depths.set(parent.node, Math.max(depths.get(parent.node) ?? 0, depth + 1));
    }
  }
  return {awaiting, sizes, depths};
}

function waits(node: ESTree.Node): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}
