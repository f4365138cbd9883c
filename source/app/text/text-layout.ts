import {displayWidth} from '../../history/printable.ts';
import {moveTo, type TextBuffer} from './text-buffer.ts';

/** One row of text on the screen, as a range of the text. */
interface TextRow {
  readonly start: number;
  readonly end: number;
}

/** What of a text fits a box, and where the cursor stands in it. */
export interface TextWindow {
  readonly lines: readonly string[];
  readonly cursor: {readonly x: number; readonly y: number};
}

/** Characters around the cursor that are laid out: more than any screen shows, less than a pasted megabyte. */
const reach = 8000;

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The rows around the cursor that fit `height`, wrapped at `width` columns. */
export function textWindow(buffer: TextBuffer, width: number, height: number): TextWindow {
  const rows = rowsAround(buffer, width);
  const current = rowOfCursor(rows, buffer.cursor);
  const first = Math.max(0, Math.min(current - Math.floor(height / 2), rows.length - height));
  const row = rows[current] ?? {start: 0, end: 0};
  return {
    lines: rows.slice(first, first + height).map(({start, end}) => buffer.text.slice(start, end)),
    cursor: {x: displayWidth(buffer.text.slice(row.start, buffer.cursor)), y: current - first},
  };
}

/** How many rows the text takes at this width, counted up to `limit`. */
export function rowCount(buffer: TextBuffer, width: number, limit: number): number {
  return Math.min(limit, rowsAround(buffer, width).length);
}

/** The cursor one row up (-1) or down (1), in the same column where there is one; undefined at the edge. */
export function moveRow(buffer: TextBuffer, width: number, direction: -1 | 1): TextBuffer | undefined {
  const rows = rowsAround(buffer, width);
  const current = rowOfCursor(rows, buffer.cursor);
  const from = rows[current];
  const to = rows[current + direction];
  if (!from || !to) return undefined;
  const column = displayWidth(buffer.text.slice(from.start, buffer.cursor));
  return moveTo(buffer, offsetAtColumn(buffer.text, to, column));
}

function rowsAround({text, cursor}: TextBuffer, width: number): TextRow[] {
  const from =
    text.length <= reach ? 0 : Math.max(0, text.lastIndexOf('\n', cursor - reach / 2) + 1, cursor - reach);
  const part = text.slice(from, cursor + reach);
  const rows: TextRow[] = [];
  let start = from;
  for (const line of part.split('\n')) {
    rows.push(...wrapLine(line, start, Math.max(1, width)));
    start += line.length + 1;
  }
  return rows;
}

function wrapLine(line: string, offset: number, width: number): TextRow[] {
  const rows: TextRow[] = [];
  let start = 0;
  let columns = 0;
  for (const {segment, index} of segmenter.segment(line)) {
    const next = columns + displayWidth(segment);
    if (next > width && index > start) {
      rows.push({start: offset + start, end: offset + index});
      start = index;
      columns = displayWidth(segment);
    } else columns = next;
  }
  // A full row leaves no cell for the cursor: it stands at the start of the next one.
  rows.push({start: offset + start, end: offset + line.length});
  if (columns >= width) rows.push({start: offset + line.length, end: offset + line.length});
  return rows;
}

function rowOfCursor(rows: readonly TextRow[], cursor: number): number {
  return Math.max(
    0,
    rows.findLastIndex(({start, end}) => start <= cursor && cursor <= end),
  );
}

function offsetAtColumn(text: string, {start, end}: TextRow, column: number): number {
  let columns = 0;
  for (const {segment, index} of segmenter.segment(text.slice(start, end))) {
    columns += displayWidth(segment);
    if (columns > column) return start + index;
  }
  return end;
}
