import type {Realm} from '../runtime/realm.ts';
import {isReference, toNumber, toText} from '../values/convert.ts';
import type {Value} from '../values/value.ts';
import {inspect} from './inspect.ts';

/** What `console.log` writes: `%s`, `%d` and their like in a first text take the next arguments, the others follow. */
export function formatMessage(realm: Realm, args: Value[]): string {
  const [first, ...others] = args;
  if (typeof first !== 'string' || others.length === 0) return join(realm, args);
  realm.meter.chargeText(first.length);
  let used = 0;
  const text = first.replace(/%[sdifjoOc%]/g, (pattern) => {
    if (pattern === '%%') return '%';
    if (used === others.length) return pattern;
    return formatted(realm, pattern, others[used++]);
  });
  const rest = others.slice(used);
  return rest.length === 0 ? text : `${text} ${join(realm, rest)}`;
}

function join(realm: Realm, values: Value[]): string {
  return values.map((value) => (typeof value === 'string' ? value : inspect(realm, value))).join(' ');
}

function formatted(realm: Realm, pattern: string, value: Value): string {
  switch (pattern) {
    case '%c':
      return '';
    case '%d':
      return numeric(isReference(value) ? Number.NaN : toNumber(realm, value));
    case '%i':
      return numeric(Number.parseInt(shortText(realm, value), 10));
    case '%f':
      return numeric(Number.parseFloat(shortText(realm, value)));
    default:
      return typeof value === 'string' && pattern !== '%s' ? `'${value}'` : plain(realm, value);
  }
}

function plain(realm: Realm, value: Value): string {
  if (typeof value === 'number') return numeric(value);
  return typeof value === 'string' ? value : inspect(realm, value);
}

/** As much of a text as a number can take. */
function shortText(realm: Realm, value: Value): string {
  return isReference(value) ? '' : toText(realm, value).slice(0, 400);
}

function numeric(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
