import type {ReactElement} from 'react';
import {formatDuration} from '../../history/duration.ts';
import {printable, toWidth} from '../../history/printable.ts';
import type {RunStatus} from '../../history/run-tree.ts';
import {segment, type Tone} from '../../history/segment.ts';
import type {RunSummary} from '../../session/session.ts';
import {Frame, type FrameRow} from '../draw/frame.tsx';
import type {Region} from '../state/layout.ts';
import {type ListView, settle} from '../state/list-view.ts';

interface RunsPaneProps {
  /** Absent until the server has answered. */
  readonly runs: readonly RunSummary[] | undefined;
  readonly view: ListView;
  readonly now: number;
  readonly region: Region;
  readonly colors: boolean;
}

const marks: Record<RunStatus, readonly [glyph: string, tone: Tone]> = {
  running: ['●', 'busy'],
  completed: ['✓', 'good'],
  failed: ['✗', 'bad'],
  canceled: ['⊘', 'canceled'],
  terminated: ['✗', 'bad'],
  timedOut: ['✗', 'bad'],
};

/** The runs that the server knows, newest first. */
export function RunsPane({runs, view, now, region, colors}: RunsPaneProps): ReactElement {
  const room = Math.max(0, region.height - 2);
  const count = runs?.length ?? 0;
  const {selected, top} = settle(view, count, room);
  const rows = (runs ?? []).slice(top, top + room).map((run, index) => ({
    segments: runSegments(run, now),
    selected: top + index === selected,
  }));
  const empty = runs ? 'the server knows no run' : 'asking the server …';
  return (
    <Frame
      title="Runs of the server · ⏎ attaches"
      aside={count > room ? `${selected + 1}/${count}` : ''}
      region={region}
      focused={true}
      colors={colors}
      rows={rows.length > 0 ? rows : [{segments: [segment(empty, 'quiet')]}]}
    />
  );
}

function runSegments(
  {workflowId, status, startTime, endTime, taskQueue}: RunSummary,
  now: number,
): FrameRow['segments'] {
  const [glyph, tone] = marks[status];
  return [
    segment(glyph, tone),
    segment(toWidth(printable(workflowId), 16), 'name'),
    segment(toWidth(status, 10), tone),
    segment(`${formatDuration(now - startTime)} ago`),
    segment(endTime === undefined ? '' : `took ${formatDuration(endTime - startTime)}`, 'quiet'),
    segment(printable(taskQueue), 'quiet'),
  ];
}
