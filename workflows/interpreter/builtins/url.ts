import type {Realm} from '../runtime/realm.ts';
import {toText} from '../values/convert.ts';
import {functionTable, methodTable, NativeFunction} from '../values/function.ts';
import {GuestUrl} from '../values/url.ts';
import type {Value} from '../values/value.ts';

/** Longer texts are no URLs: what the host does with one takes more than linear time. */
const longest = 65_536;
/** Characters of a host name with others than ASCII in it; a name has 253 at most. */
const longestHost = 255;

const settable = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;
type Settable = (typeof settable)[number];

/** The text of a URL or of a part of it, paid for; undefined where it can't be one. */
function checked(realm: Realm, value: Value): string | undefined {
  const text = toText(realm, value);
  realm.meter.charge(20);
  if (text.length > longest) return undefined;
  realm.meter.charge(text.length);
  // Up to the end of the host, wherever it begins. Turning a name into ASCII takes quadratic time.
  const head = /^[^/\\?#]*[/\\]*[^/\\?#]*/.exec(text.replace(/[\t\n\r]/g, ''))?.[0] ?? '';
  return head.length > longestHost && /[^ -~]/.test(head) ? undefined : text;
}

function parse(realm: Realm, [input, base]: Value[]): GuestUrl | undefined {
  const text = checked(realm, input);
  const from = base === undefined ? undefined : checked(realm, base);
  realm.meter.chargeObject(20);
  if (text === undefined || (base !== undefined && from === undefined)) return undefined;
  try {
    return new GuestUrl(new URL(text, from));
  } catch {
    return undefined;
  }
}

function construct(realm: Realm, args: Value[]): GuestUrl {
  return parse(realm, args) ?? realm.raise('TypeError', 'Invalid URL');
}

/** What a URL has under a name besides its methods. */
export function urlProperty({url, searchParams}: GuestUrl, name: string): Value {
  if (name === 'searchParams') return searchParams;
  if (name === 'origin') return url.origin;
  return isSettable(name) ? url[name] : undefined;
}

function isSettable(name: string): name is Settable {
  return (settable as readonly string[]).includes(name);
}

/** Changes a part of a URL; what can't be one changes nothing, as in the host. */
export function setUrlProperty(realm: Realm, {url}: GuestUrl, name: string, value: Value): void {
  if (!isSettable(name)) realm.raise('TypeError', `Cannot set property ${name} of a URL`);
  realm.meter.charge(url.href.length);
  const text = checked(realm, value);
  const fits = text !== undefined && url.href.length + text.length <= 2 * longest;
  try {
    if (fits) url[name] = text;
    else if (name === 'href') realm.raise('TypeError', 'Invalid URL');
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    realm.raise('TypeError', 'Invalid URL');
  }
}

export const urlMethods = methodTable<GuestUrl>([
  ['toString', 0, (_realm, {url}) => url.href],
  ['toJSON', 0, (_realm, {url}) => url.href],
]);

/** `URL`. */
export const urlConstructor = new NativeFunction(
  'URL',
  1,
  (realm) => realm.raise('TypeError', "Class constructor URL cannot be invoked without 'new'"),
  {
    construct,
    isInstance: (value) => value instanceof GuestUrl,
    members: functionTable([
      ['canParse', 1, (realm, args) => parse(realm, args) !== undefined],
      ['parse', 1, (realm, args) => parse(realm, args) ?? null],
    ]),
  },
);
