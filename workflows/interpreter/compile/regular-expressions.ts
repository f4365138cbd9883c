import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';
import type {Compiler, Expression} from './code.ts';

/** A regular-expression literal. */
export function compileRegularExpression(node: ESTree.RegExpLiteral, _compiler: Compiler): Expression {
  throw new Refused('UnsupportedSyntax', 'Regular expressions are not supported yet', node.start);
}
