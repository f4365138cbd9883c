/** What two texts may differ in and still count as alike, as `localeCompare` has it. */
export type Sensitivity = 'base' | 'accent' | 'case' | 'variant';

/** How texts are compared: runs of digits by their value or digit by digit, and down to which difference. */
export interface Collation {
  numeric: boolean;
  sensitivity: Sensitivity;
}

/**
 * Compares two texts as people sort them, the same on every machine: `localeCompare` of the host depends on its language and
 * its ICU version, so a program would not replay. Letters come after digits, and those after the rest; accents
 * decide only between texts that are alike without them, and case, small first, only after that.
 *
 * @returns -1, 0 or 1
 */
export function compareTexts(left: string, right: string, {numeric, sensitivity}: Collation): number {
  const by = (key: (text: string) => string) => compareBy(left, right, key, numeric);
  const base = by((text) => plainLetters(text).toLowerCase());
  if (base !== 0 || sensitivity === 'base') return base;
  if (sensitivity === 'case') return 0 - by(plainLetters);
  const accents = by((text) => text.toLowerCase().normalize('NFD'));
  if (accents !== 0 || sensitivity === 'accent') return accents;
  return 0 - by((text) => text);
}

function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

function compareBy(left: string, right: string, key: (text: string) => string, numeric: boolean): number {
  const first = partsOf(key(left), numeric);
  const second = partsOf(key(right), numeric);
  const shared = Math.min(first.length, second.length);
  for (let index = 0; index < shared; index++) {
    const order = compareParts(first[index] as string, second[index] as string);
    if (order !== 0) return order;
  }
  return Math.sign(first.length - second.length);
}

/** The characters of a text; a run of digits is one part where numbers count by their value. */
function partsOf(text: string, numeric: boolean): string[] {
  if (!numeric) return Array.from(text);
  return (text.match(/\d+|./gsu) ?? []).map((part) => part.replace(/^0+(?=\d)/, ''));
}

function compareParts(left: string, right: string): number {
  if (left === right) return 0;
  const byRank = rank(left) - rank(right);
  if (byRank !== 0) return Math.sign(byRank);
  if (/^\d/.test(left) && left.length !== right.length) return left.length < right.length ? -1 : 1;
  if (/^\d/.test(left)) return left < right ? -1 : 1;
  return (left.codePointAt(0) as number) < (right.codePointAt(0) as number) ? -1 : 1;
}

// An accent comes after whatever stands there without it.
function rank(character: string): number {
  if (/\p{M}/u.test(character)) return 4;
  if (/\p{L}/u.test(character)) return 3;
  if (/^\p{N}/u.test(character)) return 2;
  return /\s/.test(character) ? 0 : 1;
}
