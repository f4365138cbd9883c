import type {SourcePosition} from '../program.ts';
import {withoutFences} from './fences.ts';

// Only so does the parser take top-level `await` and `return` together.
const prefix = 'async () => {\n';
const suffix = '\n}';

/** The program's text, and the text that is parsed in its place. Offsets are those of the parsed text. */
export class Source {
  readonly text: string;
  #wrapped: string;
  /** Offsets of characters in the parsed text that the program doesn't have. */
  #inserted: readonly number[] = [];
  #lineStarts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.#wrapped = prefix + withoutFences(text) + suffix;
  }

  get wrapped(): string {
    return this.#wrapped;
  }

  /** Offset in the parsed text at which the program begins. */
  get begin(): number {
    return prefix.length;
  }

  /** Offset in the parsed text at which the program ends. */
  get end(): number {
    return this.#wrapped.length - suffix.length;
  }

  /** Puts a part of the parsed text in parentheses. */
  parenthesize(start: number, end: number): void {
    const text = this.#wrapped;
    this.#wrapped = `${text.slice(0, start)}(${text.slice(start, end)})${text.slice(end)}`;
    this.#inserted = [start, end + 1];
  }

  /** Takes the parentheses out again. */
  unparenthesize(): void {
    const [start, end] = this.#inserted;
    if (start === undefined || end === undefined) return;
    const text = this.#wrapped;
    this.#wrapped = text.slice(0, start) + text.slice(start + 1, end) + text.slice(end + 1);
    this.#inserted = [];
  }

  /** Where an offset of the parsed text stands in the program; clamped to the program. */
  position(offset: number): SourcePosition {
    const inserted = this.#inserted.filter((each) => each < offset).length;
    const place = Math.min(Math.max(offset - inserted - prefix.length, 0), this.text.length);
    const starts = this.lineStarts();
    const line = lastAtMost(starts, place);
    return {line: line + 1, column: place - (starts[line] ?? 0) + 1};
  }

  /** The text of a line, counted from 1. */
  line(number: number): string | undefined {
    const starts = this.lineStarts();
    const start = starts[number - 1];
    if (start === undefined) return undefined;
    return this.text.slice(start, starts[number] ?? this.text.length).replace(/[\r\n\u2028\u2029]+$/, '');
  }

  lineStarts(): number[] {
    this.#lineStarts ??= findLineStarts(this.text);
    return this.#lineStarts;
  }
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}

function lastAtMost(sorted: number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
