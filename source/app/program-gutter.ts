import {asObject, asText} from '../history/attributes.ts';
import {isOver} from '../history/calls.ts';
import {clip, printableLines, toWidth} from '../history/printable.ts';
import type {CallNode} from '../history/run-tree.ts';
import type {Segment} from '../history/segment.ts';

/** A program's source with what became of each line: waiting, running, done ×n, failed. */
export function programRows(program: CallNode, width: number): readonly (readonly Segment[])[] {
  const input = typeof program.input === 'string' ? program.input : asText(asObject(program.input).code);
  const byLine = Map.groupBy(program.calls, ({line}) => line ?? 0);
  return [
    [{text: '── program', tone: 'name'}],
    ...printableLines(input).map((source, index) =>
      row(index + 1, source, byLine.get(index + 1) ?? [], width),
    ),
  ];
}

function row(number: number, source: string, calls: readonly CallNode[], width: number): readonly Segment[] {
  return [
    {text: String(number).padStart(3), tone: 'quiet'},
    gutter(calls),
    {text: clip(source, Math.max(1, width - 12)), tone: 'plain'},
  ];
}

/** The state of a line's calls in six columns: the worst of them, and how many are done. */
function gutter(calls: readonly CallNode[]): Segment {
  const done = calls.filter(({state}) => state === 'completed').length;
  const failed = calls.find(({state}) => state === 'failed' || state === 'timedOut');
  const running = calls.some((call) => !isOver(call));
  if (failed) return {text: toWidth(`✗${times(calls.length)}`, 6), tone: 'bad'};
  if (running)
    return {text: toWidth(`⠋${done > 0 ? `${done}/${calls.length}` : times(calls.length)}`, 6), tone: 'busy'};
  if (done > 0) return {text: toWidth(`✓${times(done)}`, 6), tone: 'good'};
  return {text: toWidth(calls.length > 0 ? '⊘' : '', 6), tone: 'canceled'};
}

function times(count: number): string {
  return count > 1 ? `×${count}` : '';
}
