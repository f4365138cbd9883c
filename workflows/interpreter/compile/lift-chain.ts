import type {ESTree} from 'meriyah';
import type {Frame} from './code.ts';
import {keepMember, liftStrict} from './lift-operands.ts';
import type {Lifting} from './lifting.ts';
import {when} from './when.ts';

type Link = ESTree.MemberExpression | ESTree.CallExpression;

/** Lifts `a?.b(await c)`: what follows the first `?.` becomes a branch of its own. */
export function liftChain(chain: Link, lifting: Lifting): ESTree.Expression {
  const optional = firstOptional(chain);
  if (!optional) return liftStrict(chain, lifting);
  const kept = keepInner(optional, lifting);
  const slot = lifting.newSlot();
  const test = lifting.compiler.expression(kept);
  const rest: ESTree.ChainExpression = {
    type: 'ChainExpression',
    expression: replaceInner(chain, optional, kept, lifting),
    start: chain.start ?? 0,
    end: chain.end ?? 0,
  };
  lifting.compiler.facts.awaiting.add(rest);
  lifting.steps.push((frame: Frame) => {
    frame[slot] = undefined;
    return 0;
  });
  lifting.steps.push(when((frame) => (test(frame) ?? null) !== null, lifting.branch(rest, slot)));
  return lifting.read(slot, chain);
}

/** Computes what stands in front of a `?.`. A method that is called keeps the object that it is called on. */
function keepInner(optional: Link, lifting: Lifting): ESTree.Expression {
  const inner = innerOf(optional);
  const isMethod = optional.type === 'CallExpression' && inner.type === 'MemberExpression';
  return isMethod ? keepMember(inner, lifting) : lifting.keep(lifting.lift(inner));
}

function innerOf(link: Link): ESTree.Expression {
  return (link.type === 'MemberExpression' ? link.object : link.callee) as ESTree.Expression;
}

/** The link nearest to the chain's start that has a `?.`. */
function firstOptional(chain: Link): Link | undefined {
  let found: Link | undefined;
  let node: ESTree.Node = chain;
  while (node.type === 'MemberExpression' || node.type === 'CallExpression') {
    if (node.optional) found = node;
    node = innerOf(node);
  }
  return found;
}

/** A copy of the chain in which the optional link starts from a value that is known to be there. */
function replaceInner(chain: Link, optional: Link, kept: ESTree.Expression, lifting: Lifting): Link {
  const here = chain === optional;
  const inner = here ? kept : replaceInner(innerOf(chain) as Link, optional, kept, lifting);
  const stays = !here && chain.optional;
  const copy: Link =
    chain.type === 'MemberExpression'
      ? {...chain, object: inner, optional: stays}
      : {...chain, callee: inner, optional: stays};
  lifting.compiler.facts.awaiting.add(copy);
  return copy;
}
