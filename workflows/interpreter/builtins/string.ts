import {GuestRegExp} from '../regexp/guest-regexp.ts';
import type {Realm} from '../runtime/realm.ts';
import {toInteger, toNumber, toText} from '../values/convert.ts';
import {type MethodCode, methodTable} from '../values/function.ts';
import {GuestObject, type Value} from '../values/value.ts';
import {textArgument} from './arguments.ts';
import {type Collation, comparePlainTexts, compareTexts, type Sensitivity} from './collation.ts';
import {chargeNormalization} from './marks.ts';
import {chargeSearch, findLastText, findText} from './text-search.ts';

/** A method that reads the text once and makes another one of about that length. */
function rewriting(rewrite: (text: string) => string): MethodCode<string> {
  return (realm, text) => {
    realm.meter.chargeText(text.length);
    const rewritten = rewrite(text);
    if (rewritten.length > text.length) realm.meter.chargeText(rewritten.length);
    return rewritten;
  };
}

/** A method that looks for another text in this one, from a position that may be given. */
function searching(
  search: (text: string, wanted: string, from: number | undefined) => Value,
): MethodCode<string> {
  return (realm, text, [wanted, from]) => {
    const part = toText(realm, wanted);
    chargeSearch(realm, text, part);
    return search(text, part, from === undefined ? undefined : toNumber(realm, from));
  };
}

/** A search that takes no regular expression, so that nobody expects it to be one. */
function testing(search: MethodCode<string>): MethodCode<string> {
  return (realm, text, args) => {
    if (args[0] instanceof GuestRegExp) {
      realm.raise('TypeError', 'The text to look for must not be a regular expression: use its test method');
    }
    return search(realm, text, args);
  };
}

function pad(realm: Realm, text: string, [length, filler]: Value[], atStart: boolean): string {
  const wanted = toInteger(realm, length);
  realm.meter.chargeText(Math.max(wanted, 0));
  const fill = textArgument(realm, filler, ' ');
  return atStart ? text.padStart(wanted, fill) : text.padEnd(wanted, fill);
}

function repeat(realm: Realm, text: string, [count]: Value[]): string {
  const times = toInteger(realm, count);
  if (times < 0 || times === Number.POSITIVE_INFINITY)
    realm.raise('RangeError', `Invalid count value: ${times}`);
  realm.meter.chargeText(text.length * times);
  return text.repeat(times);
}

function concat(realm: Realm, text: string, args: Value[]): string {
  let joined = text;
  for (const part of args) joined += toText(realm, part);
  realm.meter.chargeText(joined.length);
  return joined;
}

function normalize(realm: Realm, text: string, [form]: Value[]): string {
  const name = textArgument(realm, form, 'NFC');
  if (!['NFC', 'NFD', 'NFKC', 'NFKD'].includes(name)) {
    realm.raise('RangeError', 'The normalization form should be one of NFC, NFD, NFKC, NFKD.');
  }
  chargeNormalization(realm, text, name);
  const normalized = text.normalize(name);
  realm.meter.chargeText(normalized.length);
  return normalized;
}

function localeCompare(realm: Realm, text: string, [other, _locale, options]: Value[]): number {
  const right = toText(realm, other);
  const collation = readCollation(realm, options);
  const {meter} = realm;
  meter.charge(4 + (Math.min(text.length, right.length) >> 6));
  const plain = comparePlainTexts(text, right, collation);
  if (plain !== undefined) return plain;
  chargeNormalization(realm, text, 'NFD');
  chargeNormalization(realm, right, 'NFD');
  meter.charge(24 + 6 * Math.max(text.length, right.length));
  return compareTexts(text, right, collation);
}

function readCollation(realm: Realm, options: Value): Collation {
  const given = options instanceof GuestObject ? options.properties : new Map<string, Value>();
  for (const name of given.keys()) {
    if (name === 'numeric' || name === 'sensitivity') continue;
    realm.raise(
      'TypeError',
      `localeCompare does not know the option ${name}; it knows numeric and sensitivity`,
    );
  }
  const sensitivity = given.get('sensitivity') ?? 'variant';
  if (!isSensitivity(sensitivity)) {
    return realm.raise('RangeError', 'The sensitivity is one of base, accent, case and variant');
  }
  return {numeric: given.get('numeric') === true, sensitivity};
}

function isSensitivity(value: Value): value is Sensitivity {
  return value === 'base' || value === 'accent' || value === 'case' || value === 'variant';
}

function isWellFormed(realm: Realm, text: string): boolean {
  realm.meter.chargeText(text.length);
  return text.isWellFormed();
}

function part(take: (text: string, from: number, to: number | undefined) => string): MethodCode<string> {
  return (realm, text, [from, to]) => {
    const end = to === undefined ? undefined : toInteger(realm, to);
    const taken = take(text, toInteger(realm, from), end);
    realm.meter.chargeText(taken.length);
    return taken;
  };
}

function substr(text: string, from: number, count: number | undefined): string {
  const start = from < 0 ? Math.max(text.length + from, 0) : from;
  return text.slice(start, count === undefined ? undefined : start + Math.max(count, 0));
}

/** The methods of texts that have nothing to do with regular expressions. */
export const stringMethods = methodTable<string>([
  ['at', 1, (realm, text, [position]) => text.at(toInteger(realm, position))],
  ['charAt', 1, (realm, text, [position]) => text.charAt(toInteger(realm, position))],
  ['charCodeAt', 1, (realm, text, [position]) => text.charCodeAt(toInteger(realm, position))],
  ['codePointAt', 1, (realm, text, [position]) => text.codePointAt(toInteger(realm, position))],
  ['concat', 1, concat],
  ['includes', 1, testing(searching((text, wanted, from) => findText(text, wanted, from ?? 0) !== -1))],
  ['startsWith', 1, testing(searching((text, wanted, from) => text.startsWith(wanted, from)))],
  ['endsWith', 1, testing(searching((text, wanted, end) => text.endsWith(wanted, end)))],
  ['indexOf', 1, searching((text, wanted, from) => findText(text, wanted, from ?? 0))],
  ['lastIndexOf', 1, searching((text, wanted, from) => findLastText(text, wanted, from ?? Number.NaN))],
  ['isWellFormed', 0, isWellFormed],
  ['toWellFormed', 0, rewriting((text) => text.toWellFormed())],
  ['localeCompare', 1, localeCompare],
  ['normalize', 0, normalize],
  ['padEnd', 2, (realm, text, args) => pad(realm, text, args, false)],
  ['padStart', 2, (realm, text, args) => pad(realm, text, args, true)],
  ['repeat', 1, repeat],
  ['slice', 2, part((text, from, to) => text.slice(from, to))],
  ['substring', 2, part((text, from, to) => text.substring(from, to))],
  ['substr', 2, part(substr)],
  ['toLowerCase', 0, rewriting((text) => text.toLowerCase())],
  ['toUpperCase', 0, rewriting((text) => text.toUpperCase())],
  ['toLocaleLowerCase', 0, rewriting((text) => text.toLowerCase())],
  ['toLocaleUpperCase', 0, rewriting((text) => text.toUpperCase())],
  ['trim', 0, rewriting((text) => text.trim())],
  ['trimStart', 0, rewriting((text) => text.trimStart())],
  ['trimEnd', 0, rewriting((text) => text.trimEnd())],
  ['toString', 0, (_realm, text) => text],
  ['valueOf', 0, (_realm, text) => text],
]);
