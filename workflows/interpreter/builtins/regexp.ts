import {GuestRegExp} from '../regexp/guest-regexp.ts';
import {PatternRefused} from '../regexp/translate.ts';
import type {Realm} from '../runtime/realm.ts';
import {toText} from '../values/convert.ts';
import {methodTable, NativeFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {textArgument} from './arguments.ts';

const {max} = Math;

/** Compiles a pattern that the program has made; what is wrong with it is a SyntaxError of the program. */
export function makeRegExp(realm: Realm, source: string, flags: string): GuestRegExp {
  realm.meter.charge(200 + 100 * source.length);
  try {
    const expression = GuestRegExp.compile(source, flags);
    realm.meter.charge(4 * expression.size);
    return expression;
  } catch (error) {
    if (!(error instanceof PatternRefused)) throw error;
    return realm.raise('SyntaxError', error.hint ? `${error.message}. ${error.hint}` : error.message);
  }
}

function construct(realm: Realm, [pattern, flags]: Value[]): GuestRegExp {
  if (!(pattern instanceof GuestRegExp)) {
    return makeRegExp(realm, textArgument(realm, pattern, ''), textArgument(realm, flags, ''));
  }
  if (flags === undefined) return pattern.copy();
  return makeRegExp(realm, pattern.source, toText(realm, flags));
}

function exec(realm: Realm, expression: GuestRegExp, [value]: Value[]): Value {
  const text = toText(realm, value);
  const match = expression.find(realm, text, expression.global ? max(expression.lastIndex, 0) : 0);
  if (expression.global) expression.lastIndex = match ? match.end : 0;
  return match ? expression.matchArray(text, match) : null;
}

export const regExpMethods = methodTable<GuestRegExp>([
  ['exec', 1, exec],
  ['test', 1, (realm, expression, args) => exec(realm, expression, args) !== null],
  ['toString', 0, (_realm, {source, flags}) => `/${source}/${flags}`],
]);

/** What an expression says about itself. */
export function regExpProperty(expression: GuestRegExp, name: string): Value {
  switch (name) {
    case 'source':
      return expression.source;
    case 'flags':
      return expression.flags;
    case 'lastIndex':
      return expression.lastIndex;
    case 'global':
      return expression.global;
    case 'ignoreCase':
      return expression.flags.includes('i');
    case 'multiline':
      return expression.flags.includes('m');
    case 'dotAll':
      return expression.flags.includes('s');
    case 'unicode':
      return expression.flags.includes('u');
    default:
      return undefined;
  }
}

/** `RegExp`. */
export const regExpConstructor = new NativeFunction('RegExp', 2, construct, {
  construct,
  isInstance: (value) => value instanceof GuestRegExp,
});
