import {asObject, asText} from '../../history/attributes.ts';
import {isOver} from '../../history/calls.ts';
import {clip, printableLines, toWidth} from '../../history/printable.ts';
import type {CallNode, RunNode} from '../../history/run-tree.ts';
import {type Segment, segment} from '../../history/segment.ts';
import {treeLine} from '../../history/tree-line.ts';
import {layRow} from '../draw/row.ts';

/** A program's source with what became of each line (waiting, running, done ×n, failed), and its calls below. */
export function programRows(run: RunNode, program: CallNode, width: number): readonly (readonly Segment[])[] {
  const input = typeof program.input === 'string' ? program.input : asText(asObject(program.input).code);
  const byLine = Map.groupBy(program.calls, ({line}) => line ?? 0);
  const source = printableLines(input).map((line, index) =>
    row(index + 1, line, byLine.get(index + 1) ?? [], width),
  );
  const calls = program.calls.map((call) => layRow(callLine(run, call), width));
  return [[segment('── program', 'name')], ...source, [segment('── calls', 'name')], ...calls];
}

function callLine(run: RunNode, call: CallNode): readonly Segment[] {
  return treeLine({
    key: call.id,
    guides: '',
    node: {type: 'call', run, call},
    foldable: false,
    folded: false,
  });
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
