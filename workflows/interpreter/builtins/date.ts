import type {Realm} from '../runtime/realm.ts';
import {isReference, toNumber, toPrimitive, toText} from '../values/convert.ts';
import {dateText, dayText, GuestDate, isoText, timeText} from '../values/date.ts';
import {functionTable, type MethodCode, methodTable, NativeFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {localeDate, localeDateAndTime, localeTime} from './date-format.ts';
import {parseDate} from './date-parse.ts';

const fields = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const;
type Field = (typeof fields)[number];
type Row = readonly [name: string, length: number, code: MethodCode<GuestDate>];

const noClock = 'Programs have no clock: a tool has to tell the time';

function construct(realm: Realm, args: Value[]): GuestDate {
  realm.meter.chargeObject(4);
  if (args.length === 0) realm.raise('TypeError', noClock);
  return new GuestDate(args.length === 1 ? timeOf(realm, args[0]) : utc(realm, args));
}

function timeOf(realm: Realm, value: Value): number {
  if (value instanceof GuestDate) return value.time;
  const primitive = isReference(value) ? toPrimitive(realm, value, 'default') : value;
  return typeof primitive === 'string' ? timeIn(realm, primitive) : toNumber(realm, primitive);
}

function timeIn(realm: Realm, text: string): number {
  realm.meter.charge(120);
  return parseDate(text);
}

function utc(realm: Realm, args: Value[]): number {
  const numbers = args.slice(0, 7).map((value) => toNumber(realm, value));
  return Date.UTC(...(numbers as [number]));
}

/** `getMonth` and `getUTCMonth` are the same. */
function getters(field: Field): Row[] {
  const code: MethodCode<GuestDate> = (_realm, {time}) => new Date(time)[`getUTC${field}`]();
  return [
    [`get${field}`, 0, code],
    [`getUTC${field}`, 0, code],
  ];
}

/** How many numbers each setter takes: the field and the smaller ones of its kind. */
const settable: readonly [Exclude<Field, 'Day'>, number][] = [
  ['FullYear', 3],
  ['Month', 2],
  ['Date', 1],
  ['Hours', 4],
  ['Minutes', 3],
  ['Seconds', 2],
  ['Milliseconds', 1],
];

function setters([field, length]: readonly [Exclude<Field, 'Day'>, number]): Row[] {
  const code: MethodCode<GuestDate> = (realm, date, args) => {
    const given = args.length === 0 ? [undefined] : args.slice(0, length);
    const numbers = given.map((value) => toNumber(realm, value));
    const changed = new Date(date.time);
    const set = changed[`setUTC${field}`] as (...values: number[]) => number;
    date.time = set.apply(changed, numbers);
    return date.time;
  };
  return [
    [`set${field}`, length, code],
    [`setUTC${field}`, length, code],
  ];
}

function setTime(realm: Realm, date: GuestDate, [value]: Value[]): number {
  date.time = new GuestDate(toNumber(realm, value)).time;
  return date.time;
}

function toISOString(realm: Realm, date: GuestDate): string {
  realm.meter.charge(6);
  return isoText(date) ?? realm.raise('RangeError', 'Invalid time value');
}

/** A text of a date, or of an invalid one. */
function text(describe: (date: GuestDate) => string): MethodCode<GuestDate> {
  return (realm, date) => {
    realm.meter.charge(10);
    return Number.isNaN(date.time) ? 'Invalid Date' : describe(date);
  };
}

export const dateMethods = methodTable<GuestDate>([
  ...fields.flatMap(getters),
  ...settable.flatMap(setters),
  ['getTime', 0, (_realm, {time}) => time],
  ['valueOf', 0, (_realm, {time}) => time],
  ['getTimezoneOffset', 0, (_realm, {time}) => (Number.isNaN(time) ? time : 0)],
  ['setTime', 1, setTime],
  ['toISOString', 0, toISOString],
  ['toJSON', 1, (_realm, date) => isoText(date) ?? null],
  ['toString', 0, text(dateText)],
  ['toDateString', 0, text(dayText)],
  ['toTimeString', 0, text(timeText)],
  ['toUTCString', 0, text(({time}) => new Date(time).toUTCString())],
  ['toLocaleString', 0, localeDateAndTime],
  ['toLocaleDateString', 0, localeDate],
  ['toLocaleTimeString', 0, localeTime],
]);

/** `Date`, without a clock, in UTC. */
export const dateConstructor = new NativeFunction('Date', 7, (realm) => realm.raise('TypeError', noClock), {
  construct,
  isInstance: (value) => value instanceof GuestDate,
  members: functionTable([
    ['parse', 1, (realm, [value]) => timeIn(realm, toText(realm, value))],
    ['UTC', 7, (realm, args) => (args.length === 0 ? Number.NaN : utc(realm, args))],
  ]),
});
