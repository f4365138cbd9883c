import {formatDuration} from '../../history/duration.ts';
import {toWidth} from '../../history/printable.ts';
import {type Segment, segment, segmentsText, type Tone} from '../../history/segment.ts';
import {callMark, treeLine} from '../../history/tree-line.ts';
import type {TreeNode, TreeRow} from '../../history/tree-rows.ts';
import {type Span, type TimeScale, timeScale} from './time-scale.ts';

/** The time axis of some rows, and how it is laid out. */
export interface Timeline {
  readonly axis: readonly Segment[];
  readonly labelWidth: number;
  readonly scale: TimeScale;
}

/** A time axis for all rows, with the idle gaps compressed and labelled. */
export function timelineOf(rows: readonly TreeRow[], now: number, width: number): Timeline {
  const labelWidth = Math.min(36, Math.floor(width * 0.45));
  const work = rows.flatMap(({node}) => workSpan(node, now) ?? []);
  const scale = timeScale(work, Math.max(1, width - labelWidth - 1));
  return {axis: axisSegments(labelWidth, scale), labelWidth, scale};
}

function axisSegments(labelWidth: number, {columns, gaps, length}: TimeScale): Segment[] {
  const end = formatDuration(length);
  const labels = gaps.map(({label, column}) => ({text: label, column}));
  const lastGap = gaps.at(-1);
  const isFree = !lastGap || lastGap.column + lastGap.label.length < columns - end.length;
  const cells = cellsWith(
    [...labels, ...(isFree ? [{text: end, column: columns - end.length}] : [])],
    columns,
  );
  return [segment(' '.repeat(labelWidth)), segment(cells, 'quiet')];
}

function cellsWith(labels: readonly {text: string; column: number}[], columns: number): string {
  const cells = Array.from({length: columns}, () => '·');
  for (const {text, column} of labels) {
    for (const [index, letter] of [...text].entries()) {
      if (column + index >= 0 && column + index < columns) cells[column + index] = letter;
    }
  }
  return cells.join('');
}

/** Only what works itself counts as busy: a run or a program may wait for days. */
function workSpan(node: TreeNode, now: number): Span | undefined {
  if (node.type === 'run') return undefined;
  const call = node.type === 'turn' ? node.turn.model : node.call;
  if (!call || call.kind === 'program' || (call.kind === 'subagent' && node.type === 'call' && node.child))
    return undefined;
  return spanOf(node, now);
}

function spanOf(node: TreeNode, now: number): Span | undefined {
  if (node.type === 'run') return {from: node.run.startTime, to: node.run.endTime ?? now};
  const call = node.type === 'turn' ? node.turn.model : node.call;
  return call?.scheduledTime === undefined ? undefined : {from: call.scheduledTime, to: call.endTime ?? now};
}

/** A row's label and its bar, dashed where an idle gap is cut short. */
export function timelineSegments(row: TreeRow, {labelWidth, scale}: Timeline, now: number): Segment[] {
  const label = segmentsText(treeLine(row, {times: false}));
  const words = [segment(toWidth(row.guides + label, labelWidth))];
  const span = spanOf(row.node, now);
  if (!span) return words;
  const from = Math.min(scale.columns - 1, Math.floor(scale.column(span.from)));
  const to = Math.min(scale.columns, Math.max(from + 1, Math.ceil(scale.column(span.to))));
  const time = formatDuration(span.to - span.from);
  const fits = to + time.length + 1 <= scale.columns;
  return [
    ...words,
    segment(' '.repeat(from) + bar(span, from, to, scale), toneOf(row.node)),
    ...(fits ? [segment(time, 'quiet')] : []),
  ];
}

function bar(span: Span, from: number, to: number, {gaps}: TimeScale): string {
  const spanned = gaps.filter((gap) => span.from <= gap.from && gap.to <= span.to);
  const isCut = (cell: number): boolean =>
    spanned.some(({column, label}) => column <= cell && cell < column + label.length);
  return Array.from({length: to - from}, (_, index) => (isCut(from + index) ? '╌' : '━')).join('');
}

function toneOf(node: TreeNode): Tone {
  if (node.type === 'run') return node.run.status === 'completed' ? 'good' : 'busy';
  const call = node.type === 'turn' ? node.turn.model : node.call;
  return call ? callMark(call).tone : 'plain';
}
