import type {ESTree} from 'meriyah';
import {exhausted, type Next, openIterator} from '../values/iterate.ts';
import {hasOwn, ownKeys} from '../values/property.ts';
import type {Value} from '../values/value.ts';
import {bindSlot} from './awaiting-patterns.ts';
import type {Compiler, Frame, Statement} from './code.ts';
import {awaitedRound} from './for-await.ts';
import {liftAwaits} from './lift.ts';
import {bodyOf, loopOf, runLoop} from './loops.ts';
import {sequence} from './sequence.ts';
import {enterScope} from './statements.ts';

/** `for…of` and `for await…of`. */
export function compileForOf(node: ESTree.ForOfStatement, compiler: Compiler): Statement {
  const {realm} = compiler;
  const {start} = node.right;
  return iterate(node, compiler, (value) => openIterator(realm, value, start), node.await);
}

/** `for…in`: the keys are those of its start that are still there when their turn comes. */
export function compileForIn(node: ESTree.ForInStatement, compiler: Compiler): Statement {
  const {realm} = compiler;
  const open = (value: Value): Next => {
    const keys = ownKeys(realm, value);
    let index = 0;
    return () => {
      while (index < keys.length) {
        const key = keys[index++] as string;
        if (hasOwn(value, key)) return key;
      }
      return exhausted;
    };
  };
  return iterate(node, compiler, open, false);
}

/** A loop over what `open` gives for the right side. Its state lives in slots, so that it survives a wait. */
function iterate(
  node: ESTree.ForOfStatement | ESTree.ForInStatement,
  compiler: Compiler,
  open: (value: Value) => Next,
  awaited: boolean,
): Statement {
  const iteratorSlot = compiler.function.slots++;
  const itemSlot = compiler.function.slots++;
  const scope = sequence(enterScope(node, compiler));
  const take = (frame: Frame): boolean => {
    const item = (frame[iteratorSlot] as Next)();
    if (item === exhausted) return false;
    frame[itemSlot] = item;
    return true;
  };
  const body = sequence([scope, bindHead(node.left, itemSlot, compiler), bodyOf(node.body, compiler)]);
  const parts = loopOf(node, compiler);
  const loop = awaited
    ? runLoop({...parts, body: awaitedRound({slot: itemSlot, take, body, labels: parts.labels})})
    : runLoop({...parts, test: take, body});
  const opening = liftAwaits(node.right, compiler, (lifted) => {
    const iterable = compiler.expression(lifted);
    return (frame) => {
      frame[iteratorSlot] = open(iterable(frame));
      return 0;
    };
  });
  return sequence([scope, opening, loop]);
}

function bindHead(left: ESTree.ForOfStatement['left'], slot: number, compiler: Compiler): Statement {
  if (left.type !== 'VariableDeclaration') return bindSlot(left, slot, compiler, 'assign');
  const [declarator] = left.declarations;
  return bindSlot((declarator as ESTree.VariableDeclarator).id, slot, compiler, 'declare');
}
