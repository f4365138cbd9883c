import type {Match} from '../regexp/engine.ts';
import type {Realm} from '../runtime/realm.ts';
import {toText} from '../values/convert.ts';
import type {GuestObject} from '../values/value.ts';

// Where no group has a name, `$<` is text like other.
const withoutNames = /\$(?:([$&`'])|(\d\d?))/g;
const withNames = /\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g;

/** Puts a match into a replacement text: `$&`, `$1`, `$<name>`, `` $` ``, `$'` and `$$`. */
export function expandReplacement(
  realm: Realm,
  template: string,
  text: string,
  {start, end, groups}: Match,
  named: GuestObject | undefined,
): string {
  if (!template.includes('$')) return template;
  realm.meter.chargeText(template.length);
  return template.replace(named ? withNames : withoutNames, (whole, sign, digits, name) => {
    if (digits !== undefined) return groupText(groups, digits) ?? whole;
    if (named && name !== undefined) return nameText(realm, named, name);
    if (sign === '$') return '$';
    if (sign === '&') return text.slice(start, end);
    realm.meter.chargeText(text.length);
    return sign === '`' ? text.slice(0, start) : text.slice(end);
  });
}

// `$12` is group 12 where there are that many, else group 1 and a 2.
function groupText(groups: Match['groups'], digits: string): string | undefined {
  const both = Number(digits);
  if (both >= 1 && both < groups.length) return groups[both] ?? '';
  const first = Number(digits[0]);
  if (digits.length === 2 && first >= 1 && first < groups.length) return (groups[first] ?? '') + digits[1];
  return undefined;
}

function nameText(realm: Realm, named: GuestObject, name: string): string {
  const value = named.properties.get(name);
  return value === undefined ? '' : toText(realm, value);
}
