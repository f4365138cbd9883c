import type {ProgramFailure} from './program.ts';
import type {Source} from './syntax/source.ts';

/** A failure found before anything runs. Thrown inside the interpreter only. */
export class Refused {
  readonly kind: ProgramFailure['kind'];
  readonly message: string;
  /** Offset in the parsed text. */
  readonly start: number | undefined;
  readonly hint: string | undefined;

  constructor(kind: ProgramFailure['kind'], message: string, start?: number, hint?: string) {
    this.kind = kind;
    this.message = message;
    this.start = start;
    this.hint = hint;
  }
}

/** What is known of a failure before its place is looked up. */
export interface FailureFacts {
  kind: ProgramFailure['kind'];
  name: string;
  message: string;
  start?: number | undefined;
  hint?: string | undefined;
  cause?: string | undefined;
}

const messageLimit = 2_000;
const lineLimit = 160;

/** Completes a failure with line, column and code frame. */
export function describeFailure(source: Source, facts: FailureFacts): ProgramFailure {
  const {kind, name, start, hint, cause} = facts;
  const message = clip(facts.message);
  const place =
    start === undefined ? {} : {position: source.position(start), frame: codeFrame(source, start)};
  return {
    kind,
    name,
    message,
    ...(cause === undefined ? {} : {cause: clip(cause)}),
    ...place,
    ...(hint === undefined ? {} : {hint}),
  };
}

function clip(text: string): string {
  const clipped = text.length > messageLimit ? `${text.slice(0, messageLimit)}…` : text;
  // Temporal takes messages as UTF-8: a lone surrogate in one would take the worker down.
  return clipped.toWellFormed();
}

/** The line at an offset with its neighbours, line numbers and a caret. */
function codeFrame(source: Source, start: number): string {
  const {line, column} = source.position(start);
  const width = String(line + 1).length;
  const rows: string[] = [];
  for (const number of [line - 1, line, line + 1]) {
    const text = source.line(number);
    if (text === undefined) continue;
    const skipped = number === line ? Math.max(0, column - lineLimit / 2) : 0;
    const shown = text.slice(skipped, skipped + lineLimit);
    rows.push(`${number === line ? '>' : ' '} ${String(number).padStart(width)} | ${shown}`.trimEnd());
    if (number === line) rows.push(`  ${' '.repeat(width)} | ${caretPadding(shown, column - 1 - skipped)}^`);
  }
  return rows.join('\n').toWellFormed();
}

function caretPadding(text: string, count: number): string {
  return text.slice(0, count).replace(/[^\t]/g, ' ');
}
