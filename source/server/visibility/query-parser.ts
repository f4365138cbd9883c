import {invalidArgument} from '../wire/service-error.ts';

/** The value of a field: an id, a status by name, or a moment in milliseconds since the epoch. */
export type FieldValue = string | number | undefined;

/** What a query asks for: which runs, and in which order. */
export interface VisibilityQuery {
  matches(field: (name: string) => FieldValue): boolean;
  /** A field to sort by, and whether the largest comes first. */
  readonly order: {field: string; descending: boolean} | undefined;
  /** A field to count by. */
  readonly groupBy: string | undefined;
}

type Predicate = VisibilityQuery['matches'];

const timeFields = new Set(['StartTime', 'CloseTime', 'ExecutionTime']);

/**
 * Reads a list filter: comparisons (`=`, `!=`, `<`, `<=`, `>`, `>=`, `IN`, `BETWEEN`, `STARTS_WITH`, `IS NULL`) joined by `AND` and
 * `OR`, with parentheses, and at the end `ORDER BY` or `GROUP BY` one field.
 *
 * @param text may be empty: every run matches
 * @throws ServiceError where the text is not such a filter
 */
export function parseQuery(text: string): VisibilityQuery {
  const parser = new Parser(tokenize(text));
  return parser.query();
}

function tokenize(text: string): string[] {
  const pattern = /\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[<>!]=|[=<>(),]|[^\s=<>!(),"'`]+)/y;
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  while (pattern.lastIndex < trimmed.length) {
    const at = pattern.lastIndex;
    const token = pattern.exec(trimmed)?.[1];
    if (token === undefined)
      throw invalidArgument(`invalid query: unexpected text at ${at}: ${trimmed.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  query(): VisibilityQuery {
    const atEnd = this.#peek() === undefined || this.#isWord('ORDER') || this.#isWord('GROUP');
    const matches = atEnd ? () => true : this.#either();
    const groupBy = this.#takeWord('GROUP') ? this.#by() : undefined;
    const order = this.#takeWord('ORDER') ? {field: this.#by(), descending: this.#descending()} : undefined;
    if (this.#peek() !== undefined) throw invalidArgument(`invalid query: unexpected ${this.#peek()}`);
    return {matches, order, groupBy};
  }

  #either(): Predicate {
    const parts = [this.#both()];
    while (this.#takeWord('OR')) parts.push(this.#both());
    return (field) => parts.some((part) => part(field));
  }

  #both(): Predicate {
    const parts = [this.#single()];
    while (this.#takeWord('AND')) parts.push(this.#single());
    return (field) => parts.every((part) => part(field));
  }

  #single(): Predicate {
    if (!this.#take('(')) return this.#comparison();
    const inner = this.#either();
    this.#expect(')');
    return inner;
  }

  #comparison(): Predicate {
    const name = this.#next().replaceAll('`', '');
    if (this.#takeWord('IS')) {
      const wantsNull = !this.#takeWord('NOT');
      this.#expectWord('NULL');
      return (field) => (field(name) === undefined) === wantsNull;
    }
    const negated = this.#takeWord('NOT');
    const test = this.#operator(name);
    return (field) => test(field(name)) !== negated;
  }

  #operator(name: string): (value: FieldValue) => boolean {
    if (this.#takeWord('STARTS_WITH')) {
      const prefix = String(this.#value(name));
      return (value) => typeof value === 'string' && value.startsWith(prefix);
    }
    if (this.#takeWord('IN')) {
      const wanted = this.#list(name);
      return (value) => wanted.includes(value);
    }
    if (this.#takeWord('BETWEEN')) {
      const low = this.#value(name);
      this.#expectWord('AND');
      const high = this.#value(name);
      return (value) => compare(value, low) >= 0 && compare(value, high) <= 0;
    }
    const operator = this.#next();
    const test = comparisons.get(operator);
    if (!test) throw invalidArgument(`invalid query: operator ${operator} is not supported`);
    const wanted = this.#value(name);
    return (value) => value !== undefined && test(compare(value, wanted));
  }

  #list(name: string): FieldValue[] {
    this.#expect('(');
    const values = [this.#value(name)];
    while (this.#take(',')) values.push(this.#value(name));
    this.#expect(')');
    return values;
  }

  #value(name: string): FieldValue {
    const token = this.#next();
    const text = /^["']/.test(token) ? token.slice(1, -1).replaceAll(/\\(.)/g, '$1') : token;
    if (!timeFields.has(name)) return text;
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw invalidArgument(`invalid query: ${text} is not a time`);
    return at;
  }

  #by(): string {
    this.#expectWord('BY');
    return this.#next().replaceAll('`', '');
  }

  #descending(): boolean {
    if (this.#takeWord('DESC')) return true;
    this.#takeWord('ASC');
    return false;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#position];
  }

  #next(): string {
    const token = this.#tokens[this.#position++];
    if (token === undefined) throw invalidArgument('invalid query: it ends too early');
    return token;
  }

  #isWord(word: string): boolean {
    return this.#peek()?.toUpperCase() === word;
  }

  #takeWord(word: string): boolean {
    if (!this.#isWord(word)) return false;
    this.#position++;
    return true;
  }

  #expectWord(word: string): void {
    if (!this.#takeWord(word)) throw invalidArgument(`invalid query: expected ${word}`);
  }

  #take(token: string): boolean {
    return this.#takeWord(token);
  }

  #expect(token: string): void {
    this.#expectWord(token);
  }
}

const comparisons = new Map<string, (order: number) => boolean>([
  ['=', (order) => order === 0],
  ['!=', (order) => order !== 0],
  ['<', (order) => order < 0],
  ['<=', (order) => order <= 0],
  ['>', (order) => order > 0],
  ['>=', (order) => order >= 0],
]);

/** @returns below 0, 0 or above 0, as for `Array.prototype.sort`; what is absent comes last */
export function compare(a: FieldValue, b: FieldValue): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
