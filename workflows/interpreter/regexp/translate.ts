/** Why a pattern can't be used, and what to do instead. Thrown inside the interpreter only. */
export class PatternRefused {
  readonly message: string;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    this.message = message;
    this.hint = hint;
  }
}

const linearHint = 'Regular expressions run in linear time here. Match more, and look at the parts in code.';

/** The white space of JavaScript, and all that isn't, as the inside of a class. */
const space =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const notSpace =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const anything = '\\x{0}-\\x{10ffff}';
const notLineEnd = '[^\\x{a}\\x{d}\\x{2028}\\x{2029}]';

const controls: Readonly<Record<string, string>> = {
  t: '\\x{9}',
  n: '\\x{a}',
  v: '\\x{b}',
  f: '\\x{c}',
  r: '\\x{d}',
};
/** The longest pattern, and how often its parts may be repeated by number in all: what it compiles to grows with both. */
const patternLimit = 2_000;
const repeatLimit = 2_000;

/** A pattern for the engine, and how far beyond a match the engine may have to look to be sure of it. */
export interface Translated {
  pattern: string;
  reach: 'match' | 'line' | 'text';
}

/**
 * Turns a pattern of JavaScript into one of RE2 that means the same.
 *
 * @param flags those of JavaScript; `i` is left to the engine
 * @throws PatternRefused for lookaround, backreferences, and whatever isn't a pattern
 */
export function translatePattern(pattern: string, flags: string): Translated {
  if (pattern.length > patternLimit)
    throw new PatternRefused(`The pattern is longer than ${patternLimit} characters`);
  return new Translation(pattern, flags).run();
}

class Translation {
  readonly #pattern: string;
  readonly #unicode: boolean;
  readonly #multiline: boolean;
  readonly #dotAll: boolean;
  #at = 0;
  #repeats = 0;

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern;
    this.#unicode = flags.includes('u');
    this.#multiline = flags.includes('m');
    this.#dotAll = flags.includes('s');
  }

  run(): Translated {
    let pattern = '';
    while (this.#at < this.#pattern.length) pattern += this.#term();
    return {pattern, reach: reachOf(this.#pattern, this.#dotAll)};
  }

  #take(): string {
    const character = String.fromCodePoint(this.#pattern.codePointAt(this.#at) as number);
    this.#at += character.length;
    return character;
  }

  /** Takes what an expression matches right here. */
  #match(expression: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(expression.source, 'y');
    sticky.lastIndex = this.#at;
    const match = sticky.exec(this.#pattern);
    if (match) this.#at += match[0].length;
    return match;
  }

  #term(): string {
    const character = this.#take();
    switch (character) {
      case '\\':
        return this.#escape(false);
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case '.':
        return this.#dotAll ? `[${anything}]` : notLineEnd;
      case '^':
        return this.#multiline ? '(?m:^)' : '\\A';
      case '$':
        return this.#multiline ? '(?m:$)' : '\\z';
      case '{':
        return this.#counted();
      case '}':
      case ']':
        return `\\${character}`;
      default:
        return /[*+?|)]/.test(character) ? character : literal(character);
    }
  }

  #group(): string {
    const named = this.#match(/\?<([A-Za-z_]\w*)>/);
    if (named) return `(?P<${named[1]}>`;
    if (this.#match(/\?:/)) return '(?:';
    if (this.#match(/\?(=|!|<=|<!)/))
      throw new PatternRefused('Lookahead and lookbehind are not supported', linearHint);
    if (this.#match(/\?/)) throw new PatternRefused('Invalid group');
    return '(';
  }

  #counted(): string {
    const match = this.#match(/(\d+)(,?)(\d*)\}/);
    if (!match) return '\\{';
    const [whole, from, , to] = match;
    this.#repeats += Math.max(Number(from), Number(to || from));
    if (this.#repeats > repeatLimit)
      throw new PatternRefused(`The pattern repeats its parts more than ${repeatLimit} times`);
    return `{${whole}`;
  }

  #class(): string {
    const negated = this.#match(/\^/) !== null;
    let inside = '';
    for (;;) {
      if (this.#at >= this.#pattern.length) throw new PatternRefused('Unterminated character class');
      const character = this.#take();
      if (character === ']') break;
      if (character === '\\') inside += this.#escape(true);
      else inside += character === '-' ? '-' : literal(character);
    }
    if (inside === '') return negated ? `[${anything}]` : `[^${anything}]`;
    return `[${negated ? '^' : ''}${inside}]`;
  }

  #escape(inClass: boolean): string {
    if (this.#at >= this.#pattern.length) throw new PatternRefused('\\ at end of pattern');
    const code = this.#codeEscape();
    if (code !== undefined) return `\\x{${code.toString(16)}}`;
    const character = this.#take();
    if (/[dDwW]/.test(character)) return `\\${character}`;
    if (character === 's') return inClass ? space : `[${space}]`;
    if (character === 'S') return inClass ? notSpace : `[${notSpace}]`;
    if (character === 'b') return inClass ? '\\x{8}' : '\\b';
    if (character === 'B' && !inClass) return '\\B';
    if (character in controls) return controls[character] as string;
    return this.#otherEscape(character, inClass);
  }

  #otherEscape(character: string, inClass: boolean): string {
    if (/[1-9]/.test(character) && !inClass)
      throw new PatternRefused('Backreferences are not supported', linearHint);
    if (character === 'k' && !inClass && this.#match(/<[^>]*>/)) {
      throw new PatternRefused('Backreferences are not supported', linearHint);
    }
    if (this.#unicode && /[pP]/.test(character)) return this.#property(character);
    if (/[A-Za-z0-9]/.test(character)) {
      if (this.#unicode) throw new PatternRefused(`Invalid escape \\${character}`);
      return character;
    }
    return literal(character);
  }

  #property(letter: string): string {
    const match = this.#match(/\{(?:(?:Script|sc|General_Category|gc)=)?(\w+)\}/);
    if (!match) throw new PatternRefused('Invalid property name');
    return `\\${letter}{${match[1]}}`;
  }

  /** The code point of `\u….`, `\x..`, `\cX` or `\0`; undefined for other escapes. */
  #codeEscape(): number | undefined {
    const pair = this.#match(/u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/);
    if (pair) return joinSurrogates(pair[1] as string, pair[2] as string);
    const hexadecimal = this.#match(/u([\da-fA-F]{4})/) ?? this.#match(/x([\da-fA-F]{2})/);
    if (hexadecimal) return Number.parseInt(hexadecimal[1] as string, 16);
    const braced = this.#unicode ? this.#match(/u\{([\da-fA-F]+)\}/) : null;
    if (braced) return Number.parseInt(braced[1] as string, 16);
    const control = this.#match(/c([A-Za-z])/);
    if (control) return (control[1] as string).charCodeAt(0) % 32;
    return this.#match(/0(?!\d)/) ? 0 : undefined;
  }
}

function literal(character: string): string {
  return /[\w]/.test(character) ? character : `\\x{${(character.codePointAt(0) as number).toString(16)}}`;
}

// Only where a part is optional or one of several can a longer match be tried for after a shorter one was found.
function reachOf(pattern: string, dotAll: boolean): Translated['reach'] {
  const hasChoice = /[|]|\)[?*+{]/.test(pattern);
  const hasEndless = /[*+]|,\}/.test(pattern);
  if (!hasChoice || !hasEndless) return 'match';
  const crossesLines = dotAll || /\[\^|\\[sSDWn]|\\[PpuxBc]/.test(pattern);
  return crossesLines ? 'text' : 'line';
}

function joinSurrogates(high: string, low: string): number {
  return ((Number.parseInt(high, 16) - 0xd800) << 10) + Number.parseInt(low, 16) - 0xdc00 + 0x10000;
}
