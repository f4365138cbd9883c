/**
 * Compares two texts as people sort them, the same on every machine: `localeCompare` of the host depends on its language and
 * its ICU version, so a program would not replay. Letters come after digits, and those after the rest; accents
 * decide only between texts that are alike without them, and case, small first, only after that.
 *
 * @returns -1, 0 or 1
 */
export function compareTexts(left: string, right: string): number {
  return (
    compareBy(left, right, (text) => plainLetters(text).toLowerCase()) ||
    compareBy(left, right, (text) => text.toLowerCase().normalize('NFD')) ||
    -compareBy(left, right, (text) => text)
  );
}

function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}

function compareBy(left: string, right: string, key: (text: string) => string): number {
  const first = Array.from(key(left));
  const second = Array.from(key(right));
  const shared = Math.min(first.length, second.length);
  for (let index = 0; index < shared; index++) {
    const order = compareCharacters(first[index] as string, second[index] as string);
    if (order !== 0) return order;
  }
  return Math.sign(first.length - second.length);
}

function compareCharacters(left: string, right: string): number {
  if (left === right) return 0;
  const byRank = rank(left) - rank(right);
  if (byRank !== 0) return Math.sign(byRank);
  return (left.codePointAt(0) as number) < (right.codePointAt(0) as number) ? -1 : 1;
}

function rank(character: string): number {
  if (/\p{L}/u.test(character)) return 3;
  if (/\p{N}/u.test(character)) return 2;
  return /\s/.test(character) ? 0 : 1;
}
