import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';
import {GuestRegExp} from '../regexp/guest-regexp.ts';
import {PatternRefused} from '../regexp/translate.ts';
import type {Expression} from './code.ts';

/** A regular-expression literal. Each time it is evaluated it is a new object, as in JavaScript. */
export function compileRegularExpression(node: ESTree.RegExpLiteral): Expression {
  const {pattern, flags} = node.regex;
  let first: GuestRegExp;
  try {
    first = GuestRegExp.compile(pattern, flags);
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    const kind = error.hint === undefined ? 'SyntaxError' : 'UnsupportedSyntax';
    throw new Refused(kind, error.message, node.start, error.hint);
  }
  return () => first.copy();
}
