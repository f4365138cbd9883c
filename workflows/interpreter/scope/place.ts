import type {ESTree} from 'meriyah';
import {isFunction} from '../syntax/children.ts';

/** A node with those that it is in, the nearest first. */
export interface Place {
  readonly node: ESTree.Node;
  readonly outer: Place | undefined;
}

/** Whether a node is in no function but the program itself. */
export function isOfProgram({outer}: Place): boolean {
  for (let place = outer; place; place = place.outer) {
    if (isFunction(place.node)) return place.outer === undefined;
  }
  return false;
}

/** Whether a node is what `typeof` is asked of. */
export function isProbed({outer}: Place): boolean {
  return outer?.node.type === 'UnaryExpression' && outer.node.operator === 'typeof';
}
