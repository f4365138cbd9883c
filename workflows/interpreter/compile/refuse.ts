import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';

/** @throws Refused for an `await` at one of the few places where it isn't supported */
export function refuseAwait(node: ESTree.Node, place: string): never {
  throw new Refused(
    'UnsupportedSyntax',
    `\`await\` inside ${place} is not supported`,
    node.start,
    'Await it in a statement of its own first.',
  );
}
