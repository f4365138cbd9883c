import {printableLines} from '../../history/printable.ts';

/** Characters of a filter: it is looked for anew at every key. */
const longestFilter = 200;

/** A filter with text at its end, freed of what has no place in one line. */
export function extendedFilter(filter: string, text: string): string {
  return (filter + printableLines(text).join(' ')).slice(0, longestFilter);
}

/** A filter of lines as a person types it. */
export interface LineFilter {
  /** True where the line is to be shown. */
  matches(line: string): boolean;
  /** Why the filter cannot be used, in words; then it matches everything. */
  readonly error?: string;
}

/**
 * Reads a filter: words that must all be in the line, whatever their case; `/…/` for a regular expression; `!` before
 * either for lines without it.
 */
export function parseFilter(source: string): LineFilter {
  const terms: ((line: string) => boolean)[] = [];
  for (const [, negation, pattern, word] of source.matchAll(/(!?)(?:\/((?:[^/\\]|\\.)+)\/|(\S+))/g)) {
    const found = pattern === undefined ? contains(word ?? '') : search(pattern);
    if (!found) return {matches: () => true, error: `not a regular expression: /${pattern}/`};
    terms.push(negation ? (line) => !found(line) : found);
  }
  return {matches: (line) => terms.every((term) => term(line))};
}

function contains(word: string): (line: string) => boolean {
  const lower = word.toLowerCase();
  return (line) => line.toLowerCase().includes(lower);
}

function search(pattern: string): ((line: string) => boolean) | undefined {
  try {
    const expression = new RegExp(pattern, 'i');
    return (line) => expression.test(line);
  } catch {
    return undefined;
  }
}
