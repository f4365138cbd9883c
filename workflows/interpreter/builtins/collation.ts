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

/**
 * As `compareTexts`, in one go, for texts that have only ASCII up to where they differ for good.
 *
 * @returns undefined where it takes more than that
 */
export function comparePlainTexts(
  left: string,
  right: string,
  {numeric, sensitivity}: Collation,
): number | undefined {
  if (numeric) return undefined;
  const shared = Math.min(left.length, right.length);
  let byCase = 0;
  for (let index = 0; index < shared; index++) {
    const first = left.charCodeAt(index);
    const second = right.charCodeAt(index);
    if ((first | second) > 127) return undefined;
    if (first === second) continue;
    const base = compareCodes(smallLetter(first), smallLetter(second));
    if (base !== 0) return base;
    if (byCase === 0) byCase = first > second ? -1 : 1;
  }
  const longer = left.length > right.length ? left : right;
  if (longer.charCodeAt(shared) > 127) return undefined;
  if (left.length !== right.length) return Math.sign(left.length - right.length);
  return sensitivity === 'base' || sensitivity === 'accent' ? 0 : byCase;
}

function smallLetter(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

function compareCodes(left: number, right: number): number {
  if (left === right) return 0;
  const byRank = rankOfCode(left) - rankOfCode(right);
  return Math.sign(byRank === 0 ? left - right : byRank);
}

function rankOfCode(code: number): number {
  if (code >= 97 && code <= 122) return 3;
  if (code >= 48 && code <= 57) return 2;
  return code === 32 || (code >= 9 && code <= 13) ? 0 : 1;
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
