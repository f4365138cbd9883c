import {closest} from '../../activities/closest.ts';

/**
 * Says that something does not exist, and what may have been meant.
 *
 * @param what its kind and, as people read it, its name
 * @param distance edits that a known word may be away
 */
export function unknownWord(what: string, word: string, known: readonly string[], distance: number): string {
  const suggestion = closest(word, known, distance);
  return `There is no ${what}.${suggestion ? ` Did you mean ${suggestion}?` : ''}`;
}
