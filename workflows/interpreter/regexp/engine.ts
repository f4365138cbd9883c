import {RE2JS} from 're2js';
import {PatternRefused, type Translated, translatePattern} from './translate.ts';

/** One match: its place in the text, in UTF-16 units, and its groups. */
export interface Match {
  start: number;
  end: number;
  /** The whole match first; undefined for a group that took no part. */
  groups: (string | undefined)[];
}

/** One character or class, alone or repeated: the host's engine takes linear time for these, too, and far less of it. */
const plainPattern = /^(?:[A-Za-z0-9 _,;:#@%&=!~"'<>-]|\\[dws])\+?$/;
const plainSize = 4;

/** A compiled regular expression. Matching takes time linear in the text. */
export class Engine {
  readonly groupNames: ReadonlyMap<string, number>;
  /** Instructions of the compiled pattern: a character of text may cost that much. */
  readonly size: number;
  readonly #reach: Translated['reach'];
  readonly #compiled: RE2JS;
  readonly #plain: RegExp | undefined;

  /** @throws PatternRefused for what the engine doesn't support */
  constructor(pattern: string, flags: string) {
    const translated = translatePattern(pattern, flags);
    this.#reach = translated.reach;
    this.#compiled = compile(translated.pattern, flags);
    this.groupNames = new Map(Object.entries(this.#compiled.namedGroups() as Record<string, number>));
    this.#plain = plainPattern.test(pattern) && !flags.includes('i') ? new RegExp(pattern, 'g') : undefined;
    this.size = this.#plain ? plainSize : this.#compiled.programSize();
  }

  /** The first match that begins at `from` or after it. */
  find(text: string, from: number): Match | undefined {
    if (this.#plain) return findPlain(this.#plain, text, from);
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

function findPlain(expression: RegExp, text: string, from: number): Match | undefined {
  expression.lastIndex = from;
  const found = expression.exec(text)?.[0];
  return found === undefined
    ? undefined
    : {start: expression.lastIndex - found.length, end: expression.lastIndex, groups: [found]};
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
