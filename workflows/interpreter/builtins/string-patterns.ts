import type {Match} from '../regexp/engine.ts';
import {GuestRegExp} from '../regexp/guest-regexp.ts';
import type {Realm} from '../runtime/realm.ts';
import {toInteger, toText} from '../values/convert.ts';
import {GuestFunction, methodTable} from '../values/function.ts';
import {makeIterator} from '../values/iterate.ts';
import type {Value} from '../values/value.ts';
import {makeRegExp} from './regexp.ts';
import {expandReplacement} from './replacement.ts';
import {chargeSearch, findText} from './text-search.ts';

function toExpression(realm: Realm, value: Value, flags = ''): GuestRegExp {
  if (value instanceof GuestRegExp) return value;
  return makeRegExp(realm, value === undefined ? '' : toText(realm, value), flags);
}

function match(realm: Realm, text: string, [pattern]: Value[]): Value {
  const expression = toExpression(realm, pattern);
  if (!expression.global) {
    const found = expression.find(realm, text, 0);
    return found ? expression.matchArray(text, found) : null;
  }
  expression.lastIndex = 0;
  const texts: Value[] = [];
  for (const {groups} of expression.findAll(realm, text)) {
    texts.push(groups[0]);
    realm.meter.checkLength(texts.length);
  }
  return texts.length > 0 ? texts : null;
}

function matchAll(realm: Realm, text: string, [pattern]: Value[]): Value {
  const expression = toExpression(realm, pattern, 'g');
  if (!expression.global)
    realm.raise('TypeError', 'String.prototype.matchAll called with a non-global RegExp argument');
  return makeIterator(realm, matchArrays(realm, expression, text));
}

function* matchArrays(realm: Realm, expression: GuestRegExp, text: string): Generator<Value, undefined> {
  for (const found of expression.findAll(realm, text, expression.lastIndex))
    yield expression.matchArray(text, found);
}

function search(realm: Realm, text: string, [pattern]: Value[]): number {
  return toExpression(realm, pattern).find(realm, text, 0)?.start ?? -1;
}

/** The places of a plain text in another one. */
function* occurrences(text: string, wanted: string, all: boolean): Generator<Match, undefined> {
  let at = findText(text, wanted, 0);
  while (at !== -1) {
    yield {start: at, end: at + wanted.length, groups: [wanted]};
    if (!all) return;
    const next = at + Math.max(wanted.length, 1);
    at = next > text.length ? -1 : findText(text, wanted, next);
  }
}

function matchesOf(realm: Realm, text: string, pattern: Value, all: boolean): Iterable<Match> {
  if (!(pattern instanceof GuestRegExp)) {
    const wanted = toText(realm, pattern);
    chargeSearch(realm, text, wanted);
    return occurrences(text, wanted, all);
  }
  if (all && !pattern.global) realm.raise('TypeError', 'replaceAll must be called with a global RegExp');
  if (pattern.global) {
    pattern.lastIndex = 0;
    return pattern.findAll(realm, text);
  }
  const found = pattern.find(realm, text, 0);
  return found ? [found] : [];
}

function replace(realm: Realm, text: string, [pattern, replacement]: Value[], all: boolean): string {
  const named = pattern instanceof GuestRegExp ? pattern : undefined;
  const template = replacement instanceof GuestFunction ? '' : toText(realm, replacement);
  // In a list until the end: a text that grows by `+=` keeps a node for each of its parts.
  const parts: string[] = [];
  let length = 0;
  let at = 0;
  // All matches are found before the first replacement is made, as in JavaScript.
  for (const found of [...matchesOf(realm, text, pattern, all)]) {
    const groups = named?.groupsOf(found);
    const {start, end} = found;
    const made =
      replacement instanceof GuestFunction
        ? toText(realm, replacement.call(realm, [...found.groups, start, text, ...(groups ? [groups] : [])]))
        : expandReplacement(realm, template, text, found, groups);
    parts.push(text.slice(at, start), made);
    length += start - at + made.length;
    at = end;
    realm.meter.charge(2);
    if (length > realm.meter.budgets.stringLength) realm.meter.chargeText(length);
  }
  parts.push(text.slice(at));
  realm.meter.chargeText(length + text.length - at);
  return parts.join('');
}

function split(realm: Realm, text: string, [separator, limit]: Value[]): Value[] {
  const most = limit === undefined ? 2 ** 32 - 1 : toInteger(realm, limit) >>> 0;
  realm.meter.chargeText(text.length);
  if (separator === undefined) return most === 0 ? [] : [text];
  const parts =
    separator instanceof GuestRegExp
      ? splitByExpression(realm, text, separator, most)
      : splitByText(realm, text, toText(realm, separator), most);
  // Each part is a text of its own, if only a view of the whole one.
  realm.meter.charge(2 * parts.length);
  realm.meter.checkLength(parts.length);
  return parts;
}

function splitByText(realm: Realm, text: string, separator: string, most: number): Value[] {
  chargeSearch(realm, text, separator);
  return findText(text, separator, 0) === -1 ? [text].slice(0, most) : text.split(separator, most);
}

function splitByExpression(realm: Realm, text: string, separator: GuestRegExp, most: number): Value[] {
  if (text === '') return separator.find(realm, text, 0) ? [] : [text].slice(0, most);
  const parts: Value[] = [];
  let at = 0;
  for (const {start, end, groups} of separator.findAll(realm, text)) {
    // An empty match at the end of a part, or at the end of the text, separates nothing.
    if (start >= text.length || end === at) continue;
    parts.push(text.slice(at, start), ...groups.slice(1));
    at = end;
    if (parts.length >= most) return parts.slice(0, most);
  }
  parts.push(text.slice(at));
  return parts.slice(0, most);
}

/** The methods of texts that take a regular expression. */
export const stringPatternMethods = methodTable<string>([
  ['match', 1, match],
  ['matchAll', 1, matchAll],
  ['search', 1, search],
  ['replace', 2, (realm, text, args) => replace(realm, text, args, false)],
  ['replaceAll', 2, (realm, text, args) => replace(realm, text, args, true)],
  ['split', 2, split],
]);
