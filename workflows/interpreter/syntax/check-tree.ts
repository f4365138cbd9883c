import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';
import {forEachChild, isFunction, withoutParentheses} from './children.ts';
import {Refusals} from './refusals.ts';
import {unsupported} from './unsupported.ts';
import {weightOf} from './weight.ts';

/** What is known of a program's nodes before they are compiled. Functions inside a node don't count to it. */
export interface TreeFacts {
  /** Nodes that wait: an `await` is in them. Compiling adds those that it makes. */
  readonly awaiting: Set<ESTree.Node>;
  /** How much work functions and loops are with all that is in them, in units of a plain node; see `weightOf`. */
  readonly sizes: ReadonlyMap<ESTree.Node, number>;
  /** How deep the deepest node below a function's node is, counted from that function. */
  readonly depths: ReadonlyMap<ESTree.Node, number>;
  /** How deep below a function's node the deepest one is that waits, counting only those that wait. */
  readonly waitLevels: ReadonlyMap<ESTree.Node, number>;
}

interface Visit {
  readonly node: ESTree.Node;
  readonly parent: Visit | undefined;
  readonly depth: number;
  /** What is known of the nodes below this one, once they were all met. */
  size: number;
  height: number;
  awaits: boolean;
  waitLevels: number;
}

/**
 * Walks the tree once, without recursion since its depth isn't known yet; takes parentheses out of it on the way.
 *
 * @param root the program's function
 * @throws Refused for syntax that the language leaves out, the hint naming all of it, or that is nested deeper than
 *   `syntaxDepth`
 */
export function checkTree(
  root: ESTree.ArrowFunctionExpression,
  syntaxDepth: number,
  lineOf: (offset: number) => number,
): TreeFacts {
  const refusals = new Refusals();
  const visits: Visit[] = [visitOf(root, undefined)];
  for (let index = 0; index < visits.length; index++) {
    const visit = visits[index] as Visit;
    if (visit.depth > syntaxDepth) throw tooDeep(syntaxDepth);
    const refusal = unsupported(visit.node, visit.parent?.node);
    if (refusal) refusals.add(refusal, visit.node.start ?? 0);
    forEachChild(visit.node, (child, holder, key) => {
      visits.push(visitOf(takeOutOfParentheses(child, holder, key), visit));
    });
  }
  refusals.check(lineOf);
  return collectFacts(visits);
}

function visitOf(node: ESTree.Node, parent: Visit | undefined): Visit {
  return {
    node,
    parent,
    depth: parent ? parent.depth + 1 : 0,
    size: 0,
    height: 0,
    awaits: false,
    waitLevels: 0,
  };
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

function takeOutOfParentheses(node: ESTree.Node, holder: Record<string, unknown>, key: string): ESTree.Node {
  const inner = withoutParentheses(node);
  if (inner !== node) holder[key] = inner;
  return inner;
}

// Parents stand before their children in the list, so from its end every node is complete when it is met.
function collectFacts(visits: Visit[]): TreeFacts {
  const facts = {
    awaiting: new Set<ESTree.Node>(),
    sizes: new Map<ESTree.Node, number>(),
    depths: new Map<ESTree.Node, number>(),
    waitLevels: new Map<ESTree.Node, number>(),
  };
  for (let index = visits.length - 1; index >= 0; index--) {
    const visit = visits[index] as Visit;
    const {node, parent} = visit;
    const weight = weightOf(node);
    if (visit.awaits || waits(node)) facts.awaiting.add(node);
    if (isFunction(node)) {
      facts.sizes.set(node, visit.size);
      facts.depths.set(node, visit.height);
      facts.waitLevels.set(node, visit.waitLevels);
      if (parent) parent.size += weight;
      continue;
    }
    visit.size += weight;
    if (isLoop(node)) facts.sizes.set(node, visit.size);
    if (parent) addToParent(visit, parent, facts.awaiting.has(node));
  }
  return facts;
}

function addToParent({size, height, waitLevels}: Visit, parent: Visit, awaits: boolean): void {
  parent.size += size;
  parent.height = Math.max(parent.height, height + 1);
  if (!awaits) return;
  parent.waitLevels = Math.max(parent.waitLevels, waitLevels + 1);
  if (!isFunction(parent.node)) parent.awaits = true;
}

function isLoop({type}: ESTree.Node): boolean {
  return (
    type === 'ForStatement' ||
    type === 'ForOfStatement' ||
    type === 'ForInStatement' ||
    type === 'WhileStatement' ||
    type === 'DoWhileStatement'
  );
}

function waits(node: ESTree.Node): boolean {
  return node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
}
