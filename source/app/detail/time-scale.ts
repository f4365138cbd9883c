import {formatDuration} from '../../history/duration.ts';

/** A stretch of time. Milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A stretch in which nothing happened, cut down to the columns of its label. */
interface Gap extends Span {
  /** E.g. `⋯1h 02m`. */
  readonly label: string;
  /** The first column of its label. */
  readonly column: number;
}

/** Times as columns of an axis on which long stretches without anything are cut short. */
export interface TimeScale {
  readonly columns: number;
  /** In order of time. */
  readonly gaps: readonly Gap[];
  /** From the first to the last moment, gaps in full. Milliseconds. */
  readonly length: number;
  /** The column of a time: a fraction from 0 to `columns`. */
  column(time: number): number;
}

type Idle = Omit<Gap, 'column'>;

/**
 * A scale for these stretches of work.
 *
 * @param columns at least 1
 */
export function timeScale(work: readonly Span[], columns: number): TimeScale {
  const busy = merge(work);
  const start = busy[0]?.from ?? 0;
  const length = Math.max(1, (busy.at(-1)?.to ?? 0) - start);
  const idle = longestIdle(busy, columns);
  const shown = Math.max(1, length - sum(idle, duration));
  const columnsPerMs = Math.max(0, columns - sum(idle, labelColumns)) / shown;
  const column = (time: number): number => {
    const passed = idle.filter(({to}) => to <= time);
    const current = idle.find(({from, to}) => from < time && time < to);
    const inGap = current ? ((time - current.from) / duration(current)) * labelColumns(current) : 0;
    const worked = (current ? current.from : time) - start - sum(passed, duration);
    const exact = worked * columnsPerMs + sum(passed, labelColumns) + inGap;
    return Math.max(0, Math.min(columns, exact));
  };
  const gaps = idle.map((gap) => ({...gap, column: Math.round(column(gap.from))}));
  return {columns, gaps, length, column};
}

/** Gaps longer than a tenth of the work, as many as leave the work half of the columns; the longest go first. */
function longestIdle(busy: readonly Span[], columns: number): Idle[] {
  const least = Math.max(sum(busy, duration) / 10, 100);
  let room = columns / 2;
  const chosen = gapsBetween(busy)
    .filter((gap) => duration(gap) > least)
    .toSorted((a, b) => duration(b) - duration(a))
    .filter((gap) => {
      room -= labelColumns(gap);
      return room >= 0;
    });
  return chosen.sort((a, b) => a.from - b.from);
}

function gapsBetween(busy: readonly Span[]): Idle[] {
  return busy.slice(1).map(({from: to}, index) => {
    const from = busy[index]?.to ?? to;
    return {from, to, label: `⋯${formatDuration(to - from)}`};
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

function duration({from, to}: Span): number {
  return to - from;
}

function labelColumns({label}: Idle): number {
  return label.length;
}

function sum<Item>(items: readonly Item[], amount: (item: Item) => number): number {
  return items.reduce((total, item) => total + amount(item), 0);
}
