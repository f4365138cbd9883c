import {RE2JS} from 're2js';
import {PatternRefused, type Translated, translatePattern} from './translate.ts';

/** One match: its place in the text, in UTF-16 units, and its groups. */
export interface Match {
  start: number;
  end: number;
  /** The whole match first; undefined for a group that took no part. */
  groups: (string | undefined)[];
}

/** A compiled regular expression. Matching takes time linear in the text. */
export class Engine {
  readonly groupNames: ReadonlyMap<string, number>;
  /** Instructions of the compiled pattern: a character of text may cost that much. */
  readonly size: number;
  readonly #reach: Translated['reach'];
  readonly #compiled: RE2JS;

  /** @throws PatternRefused for what the engine doesn't support */
  constructor(pattern: string, flags: string) {
    const translated = translatePattern(pattern, flags);
    this.#reach = translated.reach;
    this.#compiled = compile(translated.pattern, flags);
    this.groupNames = new Map(Object.entries(this.#compiled.namedGroups() as Record<string, number>));
    this.size = this.#compiled.programSize();
  }

  /** The first match that begins at `from` or after it. */
  find(text: string, from: number): Match | undefined {
    const matcher = this.#compiled.matcher(text);
    if (!matcher.find(from)) return undefined;
    const groups: (string | undefined)[] = [];
    for (let index = 0; index <= matcher.groupCount(); index++)
      groups.push(matcher.group(index) ?? undefined);
    return {start: matcher.start(), end: matcher.end(), groups};
  }

  /** How many characters of the text the engine may have looked at, beginning at `from`, to find a match. */
  scanned(text: string, from: number, match: Match | undefined): number {
    if (!match || this.#reach === 'text') return text.length - from;
    if (this.#reach === 'match') return match.end - from;
    const lineEnd = text.indexOf('\n', match.end);
    return (lineEnd === -1 ? text.length : lineEnd) - from;
  }
}

function compile(pattern: string, flags: string): RE2JS {
  try {
    return RE2JS.compile(pattern, flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    const description =
      error instanceof Error ? error.message.replace('error parsing regexp: ', '') : 'invalid';
    throw new PatternRefused(`Invalid regular expression: ${description}`);
  }
}
