import {clip, displayWidth, inLine} from '../../history/printable.ts';
import type {Segment} from '../../history/segment.ts';

/** Segments in one row of exactly `width` columns: a space between them, clipped or filled up at the end. */
export function layRow(segments: readonly Segment[], width: number): Segment[] {
  const row: Segment[] = [];
  let room = width;
  for (const [index, {text, tone}] of segments.entries()) {
    const clean = inLine(text);
    const spaced = index === 0 ? clean : ` ${clean}`;
    const clipped = clip(spaced, room);
    row.push({text: clipped, tone});
    room -= displayWidth(clipped);
    if (clipped !== spaced) break;
  }
  if (room > 0) row.push({text: ' '.repeat(room), tone: 'plain'});
  return row;
}

/** Two ends of a row of exactly `width` columns; where both do not fit, the left end is clipped. */
export function layEnds(left: readonly Segment[], right: readonly Segment[], width: number): Segment[] {
  const rightWidth = right.reduce(
    (sum, {text}, index) => sum + displayWidth(inLine(text)) + (index > 0 ? 1 : 0),
    0,
  );
  if (right.length === 0 || rightWidth + 2 > width) return layRow(left, width);
  return [
    ...layRow(left, width - rightWidth - 1),
    ...layRow([{text: '', tone: 'plain'}, ...right], rightWidth + 1),
  ];
}
