import type {Realm} from '../runtime/realm.ts';
import {isReference, toText} from '../values/convert.ts';
import {methodTable, NativeFunction} from '../values/function.ts';
import {listItems, makeIterator, pairs} from '../values/iterate.ts';
import {ownEntries} from '../values/own-properties.ts';
import {GuestSearchParams} from '../values/url.ts';
import {GuestObject, type Value} from '../values/value.ts';
import {callback} from './arguments.ts';

/** Characters of a query. */
const longest = 65_536;

/** Pays for a look through all parameters; the query is written anew after each change. */
function chargeAll(realm: Realm, {params}: GuestSearchParams): void {
  realm.meter.charge(8 + 4 * params.size);
}

/** Makes room for more characters: whoever changes parameters writes all of them anew. */
function chargeChange(realm: Realm, search: GuestSearchParams, added: number): void {
  if (search.characters + added > longest) {
    realm.raise('RangeError', `A query has at most ${longest} characters`);
  }
  realm.meter.charge(8 + 2 * (search.characters + added));
}

function change(realm: Realm, search: GuestSearchParams, args: Value[], how: 'append' | 'set'): undefined {
  if (args.length < 2) realm.raise('TypeError', 'The "name" and "value" arguments must be specified');
  const [name = '', value = ''] = args.map((each) => toText(realm, each));
  const added = name.length + value.length + 2;
  chargeChange(realm, search, added);
  search.params[how](name, value);
  search.grow(added);
}

function remove(realm: Realm, search: GuestSearchParams, [name, value]: Value[]): undefined {
  chargeChange(realm, search, 0);
  if (value === undefined) search.params.delete(toText(realm, name));
  else search.params.delete(toText(realm, name), toText(realm, value));
}

function has(realm: Realm, search: GuestSearchParams, [name, value]: Value[]): boolean {
  chargeAll(realm, search);
  return value === undefined
    ? search.params.has(toText(realm, name))
    : search.params.has(toText(realm, name), toText(realm, value));
}

function sort(realm: Realm, search: GuestSearchParams): undefined {
  realm.meter.charge(8 + 4 * search.characters);
  search.params.sort();
}

function writeQuery(realm: Realm, search: GuestSearchParams): string {
  realm.meter.charge(2 * search.characters);
  return search.params.toString();
}

function forEach(realm: Realm, search: GuestSearchParams, [visitor]: Value[]): undefined {
  const code = callback(realm, visitor);
  for (const [name, value] of search.params) {
    realm.meter.charge(4);
    code.call(realm, [value, name, search]);
  }
}

export const searchParamsMethods = methodTable<GuestSearchParams>([
  ['append', 2, (realm, search, args) => change(realm, search, args.slice(0, 2), 'append')],
  ['set', 2, (realm, search, args) => change(realm, search, args.slice(0, 2), 'set')],
  ['delete', 1, remove],
  [
    'get',
    1,
    (realm, search, [name]) => {
      chargeAll(realm, search);
      return search.params.get(toText(realm, name));
    },
  ],
  [
    'getAll',
    1,
    (realm, search, [name]) => {
      chargeAll(realm, search);
      return [...search.params.getAll(toText(realm, name))];
    },
  ],
  ['has', 1, has],
  ['sort', 0, sort],
  ['toString', 0, writeQuery],
  ['forEach', 1, forEach],
  ['entries', 0, (realm, {params}) => makeIterator(realm, pairs(realm, params))],
  ['keys', 0, (realm, {params}) => makeIterator(realm, params.keys())],
  ['values', 0, (realm, {params}) => makeIterator(realm, params.values())],
]);

function construct(realm: Realm, [init]: Value[]): GuestSearchParams {
  realm.meter.chargeObject(20);
  if (!isReference(init))
    return fromText(realm, init === undefined || init === null ? '' : toText(realm, init));
  if (init instanceof GuestSearchParams) return fromText(realm, writeQuery(realm, init));
  const search = new GuestSearchParams(new URLSearchParams(), 0);
  for (const [name, value] of entriesOf(realm, init)) change(realm, search, [name, value], 'append');
  return search;
}

function fromText(realm: Realm, text: string): GuestSearchParams {
  if (text.length > longest) realm.raise('RangeError', `A query has at most ${longest} characters`);
  realm.meter.charge(2 * text.length);
  return new GuestSearchParams(new URLSearchParams(text), text.length);
}

function entriesOf(realm: Realm, init: Value): Value[][] {
  if (init instanceof GuestObject) return ownEntries(realm, init);
  return listItems(realm, init, realm.position).map((entry) => {
    const pair = isReference(entry) ? listItems(realm, entry, realm.position) : [];
    if (pair.length === 2) return pair;
    return realm.raise('TypeError', 'Each query pair must be an iterable [name, value] tuple');
  });
}

/** `URLSearchParams`. */
export const searchParamsConstructor = new NativeFunction(
  'URLSearchParams',
  0,
  (realm) => realm.raise('TypeError', "Class constructor URLSearchParams cannot be invoked without 'new'"),
  {construct, isInstance: (value) => value instanceof GuestSearchParams},
);
