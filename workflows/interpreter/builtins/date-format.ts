import type {Realm} from '../runtime/realm.ts';
import type {GuestDate} from '../values/date.ts';
import {GuestObject, type Value} from '../values/value.ts';

const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const known = ['weekday', 'year', 'month', 'day', 'timeZone'];

/** `toLocaleDateString`, for en-US and UTC: `1/5/2024`, `Friday, January 5, 2024`. */
export function localeDate(realm: Realm, date: GuestDate, [locale, options]: Value[]): string {
  realm.meter.charge(40);
  checkLocale(realm, locale);
  const wishes = readOptions(realm, options);
  if (Number.isNaN(date.time)) return 'Invalid Date';
  const parts = dateParts(date, wishes);
  const day =
    wishes.get('month') === 'short' || wishes.get('month') === 'long' ? inWords(parts) : inNumbers(parts);
  return [parts.weekday, day].filter(Boolean).join(', ');
}

/** `toLocaleTimeString`, for en-US and UTC: `10:00:00 AM`. */
export function localeTime(realm: Realm, date: GuestDate, [locale, options]: Value[]): string {
  realm.meter.charge(20);
  checkLocale(realm, locale);
  checkNoOptions(realm, options);
  if (Number.isNaN(date.time)) return 'Invalid Date';
  const [hour = '', minute, second] = new Date(date.time).toISOString().slice(-13, -5).split(':');
  return `${+hour % 12 || 12}:${minute}:${second} ${+hour < 12 ? 'AM' : 'PM'}`;
}

/** `toLocaleString`, for en-US and UTC: `1/5/2024, 10:00:00 AM`. */
export function localeDateAndTime(realm: Realm, date: GuestDate, args: Value[]): string {
  const time = localeTime(realm, date, args);
  return Number.isNaN(date.time) ? time : `${localeDate(realm, date, args)}, ${time}`;
}

interface DateParts {
  weekday: string;
  year: string;
  month: string;
  day: string;
}

function dateParts({time}: GuestDate, wishes: ReadonlyMap<string, string>): DateParts {
  const date = new Date(time);
  const all = ['weekday', 'year', 'month', 'day'].every((name) => !wishes.has(name));
  const named = (names: readonly string[], index: number, style: string | undefined) => {
    const name = names[index] ?? '';
    return style === 'short' ? name.slice(0, 3) : name;
  };
  const number = (name: string, value: number): string => {
    const style = wishes.get(name);
    if (style === '2-digit') return String(Math.abs(value) % 100).padStart(2, '0');
    return all || style === 'numeric' ? String(value) : '';
  };
  const month = wishes.get('month');
  return {
    weekday: wishes.has('weekday') ? named(weekdays, date.getUTCDay(), wishes.get('weekday')) : '',
    year: number('year', date.getUTCFullYear()),
    month:
      month === 'short' || month === 'long'
        ? named(months, date.getUTCMonth(), month)
        : number('month', date.getUTCMonth() + 1),
    day: number('day', date.getUTCDate()),
  };
}

function inWords({year, month, day}: DateParts): string {
  return [`${month} ${day}`.trim(), year].filter(Boolean).join(day === '' ? ' ' : ', ');
}

function inNumbers({year, month, day}: DateParts): string {
  return [month, day, year].filter(Boolean).join('/');
}

function checkLocale(realm: Realm, locale: Value): void {
  if (locale === undefined || locale === 'en-US') return;
  realm.raise(
    'RangeError',
    'Dates know the locale en-US only; build other forms from toISOString() or getUTC…()',
  );
}

function checkNoOptions(realm: Realm, options: Value): void {
  if (options === undefined) return;
  realm.raise('TypeError', 'Times take no options here; build other forms from toISOString() or getUTC…()');
}

function readOptions(realm: Realm, options: Value): ReadonlyMap<string, string> {
  const wishes = new Map<string, string>();
  if (!(options instanceof GuestObject)) return wishes;
  for (const [name, value] of options.properties) {
    if (value === undefined) continue;
    if (!known.includes(name) || !isStyle(name, value)) {
      realm.raise(
        'TypeError',
        `Dates do not know the option ${name} with this value; they know ${known.join(', ')}`,
      );
    }
    if (name !== 'timeZone') wishes.set(name, value as string);
  }
  return wishes;
}

function isStyle(name: string, value: Value): boolean {
  if (name === 'timeZone') return value === 'UTC';
  if (name === 'weekday') return value === 'short' || value === 'long';
  return (
    value === 'numeric' ||
    value === '2-digit' ||
    (name === 'month' && (value === 'short' || value === 'long'))
  );
}
