import {formatDuration} from '../history/duration.ts';
import {displayWidth, toWidth} from '../history/printable.ts';
import {type Segment, segment, segmentsText, type Tone} from '../history/segment.ts';
import {callMark, treeLine} from '../history/tree-line.ts';
import type {TreeNode, TreeRow} from '../history/tree-rows.ts';

/** A time axis on which long stretches without anything are cut short. */
export interface TimelineScale {
  readonly axis: readonly Segment[];
  readonly labelWidth: number;
  readonly barWidth: number;
  /** The column of a time, from 0 to `barWidth`. */
  column(time: number): number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Columns that an idle gap gets, whatever its length. */
const gapColumns = 3;

/** An axis for all rows, with the idle gaps compressed and labelled. */
export function timelineScale(rows: readonly TreeRow[], now: number, width: number): TimelineScale {
  const labelWidth = Math.min(36, Math.floor(width * 0.45));
  const barWidth = Math.max(1, width - labelWidth - 1);
  const busy = merge(rows.flatMap(({node}) => workSpan(node, now) ?? []));
  const total = busy.reduce((sum, {from, to}) => sum + (to - from), 0);
  const gaps = gapsOf(busy, total);
  const compressed = gaps.reduce((sum, {from, to}) => sum + (to - from), 0);
  const start = busy[0]?.from ?? 0;
  const length = Math.max(1, (busy.at(-1)?.to ?? 0) - start - compressed);
  const columnsPerMs = Math.max(1, barWidth - gaps.length * gapColumns) / length;
  const column = (time: number): number => {
    const passed = gaps.filter(({to}) => to <= time);
    const inside = gaps.find(({from, to}) => from < time && time < to);
    const skipped = passed.reduce((sum, {from, to}) => sum + (to - from), 0);
    const until = inside ? inside.from : time;
    const columns = (until - start - skipped) * columnsPerMs + passed.length * gapColumns + (inside ? 1 : 0);
    return Math.max(0, Math.min(barWidth, columns));
  };
  return {
    axis: axisSegments(labelWidth, barWidth, gaps, column, length + compressed),
    labelWidth,
    barWidth,
    column,
  };
}

function axisSegments(
  labelWidth: number,
  barWidth: number,
  gaps: readonly Span[],
  column: (time: number) => number,
  length: number,
): Segment[] {
  const cells = Array.from({length: barWidth}, () => '·');
  const put = (text: string, at: number): void => {
    for (const [index, letter] of [...text].entries()) if (at + index < barWidth) cells[at + index] = letter;
  };
  for (const gap of gaps) put(`⋯${formatDuration(gap.to - gap.from)}`, Math.floor(column(gap.from)));
  const end = formatDuration(length);
  put(end, barWidth - end.length);
  return [segment(toWidth('0', labelWidth), 'quiet'), segment(cells.join(''), 'quiet')];
}

/** Stretches in which nothing happens, where they are longer than a tenth of the work. */
function gapsOf(busy: readonly Span[], total: number): Span[] {
  return busy.slice(1).flatMap(({from}, index) => {
    const before = busy[index]?.to ?? from;
    return from - before > Math.max(total / 10, 100) ? [{from: before, to: from}] : [];
  });
}

function merge(spans: readonly Span[]): Span[] {
  const merged: {from: number; to: number}[] = [];
  for (const {from, to} of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({from, to});
  }
  return merged;
}

/** Only what works itself counts as busy: a run or a program may wait for days. */
function workSpan(node: TreeNode, now: number): Span | undefined {
  if (node.type === 'run') return undefined;
  const call = node.type === 'turn' ? node.turn.model : node.call;
  if (!call || call.kind === 'program' || (call.kind === 'subagent' && node.type === 'call' && node.child))
    return undefined;
  return call.scheduledTime === undefined ? undefined : {from: call.scheduledTime, to: call.endTime ?? now};
}

function spanOf(node: TreeNode, now: number): Span | undefined {
  if (node.type === 'run') return {from: node.run.startTime, to: node.run.endTime ?? now};
  const call = node.type === 'turn' ? node.turn.model : node.call;
  return call?.scheduledTime === undefined ? undefined : {from: call.scheduledTime, to: call.endTime ?? now};
}

/** A row's label and its bar. */
export function timelineSegments(row: TreeRow, scale: TimelineScale, now: number): Segment[] {
  const label = segmentsText(treeLine(row, {times: false}));
  const words = [segment(toWidth(row.guides + label, scale.labelWidth))];
  const span = spanOf(row.node, now);
  if (!span) return words;
  const from = Math.min(scale.barWidth - 1, Math.floor(scale.column(span.from)));
  const width = Math.max(1, Math.ceil(scale.column(span.to)) - from);
  const time = formatDuration(span.to - span.from);
  const bar = `${' '.repeat(from)}${'━'.repeat(Math.min(width, scale.barWidth - from))}`;
  const fits = displayWidth(bar) + time.length + 1 <= scale.barWidth;
  return [...words, segment(bar, toneOf(row.node)), ...(fits ? [segment(time, 'quiet')] : [])];
}

function toneOf(node: TreeNode): Tone {
  if (node.type === 'run') return node.run.status === 'completed' ? 'good' : 'busy';
  const call = node.type === 'turn' ? node.turn.model : node.call;
  return call ? callMark(call).tone : 'plain';
}
