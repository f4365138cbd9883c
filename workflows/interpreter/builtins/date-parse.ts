const iso =
  /^([+-]\d{6}|\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i;
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$/;
const clock = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const slashed = /^(\d{1,6})\/(\d{1,2})(?:\/(\d{1,6}))?$/;
const offset = /^(?:utc|gmt|z)?([+-])(\d\d):?(\d\d)$/;
const minute = 60_000;
const zones: ReadonlyMap<string, number> = new Map([
  ['z', 0],
  ['utc', 0],
  ['gmt', 0],
  ['est', -5],
  ['edt', -4],
  ['cst', -6],
  ['cdt', -5],
  ['mst', -7],
  ['mdt', -6],
  ['pst', -8],
  ['pdt', -7],
]);

/** Longer texts are no dates. */
const longest = 100;

/**
 * Milliseconds of a date that is written in one of the usual ways: ISO 8601, RFC 2822, what dates give as their text,
 * `Jan 5, 2024`, `5 January 2024 10:00`, `1/5/2024 10:00 PM`. Where no zone is given it is UTC. NaN for anything else.
 */
export function parseDate(text: string): number {
  if (text.length > longest) return Number.NaN;
  const trimmed = text.trim();
  const parts = iso.exec(trimmed);
  return parts ? isoTime(parts) : looseTime(trimmed);
}

function isoTime([, year = '', month, day, hour, minutes, seconds, fraction, zone]: RegExpExecArray): number {
  if (year === '-000000') return Number.NaN;
  const time = {
    hour: +(hour ?? 0),
    minute: +(minutes ?? 0),
    second: +(seconds ?? 0),
    millisecond: milliseconds(fraction),
  };
  return reckon(
    {year: +year, month: +(month ?? 1), day: +(day ?? 1), ...time},
    zoneOffset(zone?.toLowerCase()),
  );
}

function milliseconds(fraction = ''): number {
  return +fraction.slice(0, 3).padEnd(3, '0');
}

interface Fields {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
}

/** @param offset milliseconds that the zone is ahead of UTC; undefined for a zone that there isn't */
function reckon(fields: Fields, offset: number | undefined): number {
  const {year, month, day, hour, minute, second, millisecond} = fields;
  const isEndOfDay = hour === 24 && minute + second + millisecond === 0;
  if (offset === undefined || !(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN;
  if (!((hour < 24 || isEndOfDay) && minute < 60 && second < 60)) return Number.NaN;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, millisecond);
  return date.getTime() - offset;
}

function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined) return 0;
  const hours = zones.get(zone);
  if (hours !== undefined) return hours * 60 * minute;
  const [, sign, hour = '', minutes = ''] = offset.exec(zone) ?? [];
  if (sign === undefined || +minutes > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (+hour * 60 + +minutes) * minute;
}

/** Dates in words: the parts are told apart by their shapes. */
function looseTime(text: string): number {
  const found: Found = {numbers: []};
  const words = text
    .toLowerCase()
    .replace(/\([^()]*\)/g, ' ')
    .replace(/,/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
  for (const word of words) if (!take(word, found)) return Number.NaN;
  const day = dayOf(found);
  const time = timeOf(found);
  return day && time ? reckon({...day, ...time}, zoneOffset(found.zone)) : Number.NaN;
}

interface Found {
  month?: number;
  numbers: string[];
  slashed?: RegExpExecArray;
  clock?: RegExpExecArray;
  half?: string;
  zone?: string;
}

/** Takes one word; false where it can't be part of a date, or where there is one of its kind. */
function take(word: string, found: Found): boolean {
  const month = /^[a-z]{3,9}\.?$/.test(word) ? months.indexOf(word.slice(0, 3)) : -1;
  if (month >= 0) return put(found, 'month', month + 1);
  if (weekday.test(word)) return true;
  if (word === 'am' || word === 'pm') return put(found, 'half', word);
  if (zones.has(word) || offset.test(word)) return put(found, 'zone', word);
  const time = clock.exec(word);
  if (time) return put(found, 'clock', time);
  const date = slashed.exec(word);
  if (date) return put(found, 'slashed', date);
  return /^\d{1,6}$/.test(word) && found.numbers.push(word) <= 2;
}

function put<Key extends keyof Found>(found: Found, key: Key, value: Found[Key]): boolean {
  if (found[key] !== undefined) return false;
  found[key] = value;
  return true;
}

function dayOf({month, numbers, slashed}: Found): Pick<Fields, 'year' | 'month' | 'day'> | undefined {
  if (slashed) {
    const [, first = '', second = '', third] = slashed;
    if (month !== undefined || numbers.length > 0 || third === undefined) return undefined;
    if (first.length > 2) return {year: +first, month: +second, day: +third};
    return {year: fullYear(third), month: +first, day: +second};
  }
  const [day, year] = numbers.length === 1 && numbers[0]?.length === 4 ? ['1', ...numbers] : numbers;
  if (month === undefined || day === undefined || year === undefined || day.length > 2) return undefined;
  return {year: fullYear(year), month, day: +day};
}

function fullYear(year: string): number {
  if (year.length > 2) return +year;
  return +year + (+year < 50 ? 2000 : 1900);
}

function timeOf({
  clock,
  half,
}: Found): Pick<Fields, 'hour' | 'minute' | 'second' | 'millisecond'> | undefined {
  const [, hour = '0', minute = '0', second = '0', fraction] = clock ?? [];
  const rest = {minute: +minute, second: +second, millisecond: milliseconds(fraction)};
  if (half === undefined) return {hour: +hour, ...rest};
  if (!clock || +hour < 1 || +hour > 12) return undefined;
  return {hour: (+hour % 12) + (half === 'pm' ? 12 : 0), ...rest};
}
