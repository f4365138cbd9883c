import type {Realm} from '../runtime/realm.ts';
import {toInteger, toText} from '../values/convert.ts';
import {GuestObject, type Value} from '../values/value.ts';

/** How many digits stand behind the decimal point, and what stands around the number. */
interface NumberFormat {
  minimum: number;
  maximum: number;
  grouping: boolean;
  /** Powers of ten that the number is multiplied with: 2 for percent. */
  scale: number;
  prefix: string;
  suffix: string;
}

const knownOptions = ['style', 'currency', 'minimumFractionDigits', 'maximumFractionDigits', 'useGrouping'];
const knownLocales = ['en', 'en-US'];
const symbols: ReadonlyMap<string, string> = new Map([
  ['USD', '$'],
  ['EUR', '€'],
  ['GBP', '£'],
  ['JPY', '¥'],
  ['INR', '₹'],
  ['CNY', 'CN¥'],
  ['KRW', '₩'],
]);
const withoutCents = ['JPY', 'KRW'];
const mostDigits = 100;

/**
 * `Number.prototype.toLocaleString` for English: the same on every machine, which what a host makes of a locale is not.
 * Throws a RangeError or TypeError of the program for a locale or an option that it does not know.
 */
export function formatNumber(realm: Realm, number: number, locale: Value, options: Value): string {
  realm.meter.charge(40);
  if (locale !== undefined && !knownLocales.includes(toText(realm, locale))) {
    realm.raise('RangeError', `The locale ${toText(realm, locale)} is not known, only en-US is`);
  }
  const format = readFormat(realm, options);
  if (Number.isNaN(number)) return `${format.prefix}NaN${format.suffix}`;
  const sign = number < 0 || Object.is(number, -0) ? '-' : '';
  const text = Number.isFinite(number) ? digitsOf(Math.abs(number), format) : '∞';
  return sign + format.prefix + text + format.suffix;
}

function readFormat(realm: Realm, options: Value): NumberFormat {
  const given = options instanceof GuestObject ? options.properties : new Map<string, Value>();
  for (const name of given.keys()) {
    if (knownOptions.includes(name)) continue;
    realm.raise(
      'TypeError',
      `toLocaleString does not know the option ${name}; it knows ${knownOptions.join(', ')}`,
    );
  }
  const {least, most, ...around} = readStyle(realm, given);
  const minimum = digitCount(realm, given.get('minimumFractionDigits'));
  const maximum = digitCount(realm, given.get('maximumFractionDigits'));
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    realm.raise('RangeError', 'minimumFractionDigits is larger than maximumFractionDigits');
  }
  return {
    ...around,
    minimum: minimum ?? Math.min(least, maximum ?? least),
    maximum: maximum ?? Math.max(most, minimum ?? most),
    grouping: given.get('useGrouping') !== false,
  };
}

function readStyle(realm: Realm, given: ReadonlyMap<string, Value>) {
  const style = given.get('style') ?? 'decimal';
  if (style === 'decimal') return {least: 0, most: 3, scale: 0, prefix: '', suffix: ''};
  if (style === 'percent') return {least: 0, most: 0, scale: 2, prefix: '', suffix: '%'};
  if (style !== 'currency') {
    return realm.raise('RangeError', `The style ${toText(realm, style)} is not decimal, percent or currency`);
  }
  const currency = given.get('currency');
  if (typeof currency !== 'string' || !/^[a-z]{3}$/i.test(currency)) {
    return realm.raise('TypeError', 'The style currency needs a currency, such as USD');
  }
  const code = currency.toUpperCase();
  const digits = withoutCents.includes(code) ? 0 : 2;
  return {least: digits, most: digits, scale: 0, prefix: symbols.get(code) ?? `${code}\u00a0`, suffix: ''};
}

function digitCount(realm: Realm, value: Value): number | undefined {
  if (value === undefined) return undefined;
  const count = toInteger(realm, value);
  if (count >= 0 && count <= mostDigits) return count;
  return realm.raise('RangeError', `A number of fraction digits is between 0 and ${mostDigits}`);
}

/** A number that is not negative, rounded half up on its shortest decimal form, as ICU does. */
function digitsOf(number: number, {minimum, maximum, grouping, scale}: NumberFormat): string {
  const [mantissa = '', exponent = '0'] = number.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = number === 0 ? 1 : Number(exponent) + 1 + scale;
  const {whole, fraction} = roundDecimal(digits, point, maximum);
  const decimals = fraction.replace(/0+$/, '').padEnd(minimum, '0');
  const grouped = grouping ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return decimals === '' ? grouped : `${grouped}.${decimals}`;
}

/** Rounds `0.digits × 10^point` to so many digits behind the decimal point. */
function roundDecimal(digits: string, point: number, maximum: number): {whole: string; fraction: string} {
  const padded = '0'.repeat(Math.max(0, 1 - point)) + digits;
  const at = Math.max(point, 1);
  const long = padded.padEnd(at + maximum + 1, '0');
  const kept = long.slice(0, at + maximum);
  const rounded = (long[at + maximum] as string) >= '5' ? increment(kept) : kept;
  const shift = rounded.length - kept.length;
  return {whole: rounded.slice(0, at + shift), fraction: rounded.slice(at + shift)};
}

function increment(digits: string): string {
  const nines = /9*$/.exec(digits)?.[0].length ?? 0;
  const head = digits.slice(0, digits.length - nines);
  const last = head === '' ? '1' : head.slice(0, -1) + String(Number(head.at(-1)) + 1);
  return last + '0'.repeat(nines);
}
