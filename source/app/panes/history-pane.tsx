import type {ReactElement} from 'react';
import type {TokenUsage} from '../../../workflows/protocol/model-step.ts';
import {segment} from '../../history/segment.ts';
import {treeLine} from '../../history/tree-line.ts';
import type {TreeRow} from '../../history/tree-rows.ts';
import {timelineOf, timelineSegments} from '../detail/timeline.ts';
import {Frame, type FrameRow, tabTitle} from '../draw/frame.tsx';
import type {Region} from '../state/layout.ts';
import {settle} from '../state/list-view.ts';

interface HistoryPaneProps {
  readonly rows: readonly TreeRow[];
  readonly selected: number;
  readonly top: number;
  readonly follow: boolean;
  readonly mode: 'tree' | 'timeline';
  /** Tokens of each run with its subagents', by workflow id. */
  readonly usage: ReadonlyMap<string, TokenUsage>;
  /** Prompts of the root runs, by workflow id. */
  readonly titles: ReadonlyMap<string, string>;
  readonly now: number;
  readonly frame: number;
  readonly region: Region;
  readonly focused: boolean;
  readonly colors: boolean;
  /** The pane that is behind this one, where only one is seen. */
  readonly behind?: string;
  /** Said where there is no run yet. */
  readonly empty: string;
}

/** Columns from which on there is room for the worker of each call; the detail always has it. */
const workerWidth = 70;

/** The trees of the session's runs, or the same nodes as bars on a time axis. */
export function HistoryPane(props: HistoryPaneProps): ReactElement {
  const {rows, region, mode, follow, empty} = props;
  const height = Math.max(0, region.height - 2 - (mode === 'timeline' ? 1 : 0));
  const view = settle({selected: props.selected, top: props.top, follow: false}, rows.length, height);
  const visible = rows.slice(view.top, view.top + height);
  const drawn =
    mode === 'timeline' ? timelineRows(props, visible) : visible.map((row) => treeRow(row, props));
  const first = drawn.length - visible.length;
  return (
    <Frame
      title={tabTitle(mode === 'timeline' ? 'Timeline' : 'History', props.behind)}
      aside={follow ? 'following' : position(view.selected, rows.length)}
      region={region}
      focused={props.focused}
      colors={props.colors}
      rows={
        rows.length > 0
          ? drawn.map((row, index) => ({
              ...row,
              selected: view.top + index - first === view.selected && index >= first,
            }))
          : [{segments: [segment(empty, 'quiet')]}]
      }
    />
  );
}

function position(selected: number, count: number): string {
  return count === 0 ? '' : `${selected + 1}/${count}`;
}

function treeRow(row: TreeRow, {now, frame, usage, titles, region}: HistoryPaneProps): FrameRow {
  const words = treeLine(row, {now, frame, usage, workers: region.width >= workerWidth});
  const guides = row.guides === '' ? [] : [segment(row.guides.trimEnd(), 'quiet')];
  const title = row.node.type === 'run' ? titles.get(row.node.run.workflowId) : undefined;
  return {segments: [...guides, ...words, ...(title === undefined ? [] : [segment(title, 'quiet')])]};
}

function timelineRows({rows, now, region}: HistoryPaneProps, visible: readonly TreeRow[]): FrameRow[] {
  const timeline = timelineOf(rows, now, region.width - 4);
  return [
    {segments: timeline.axis},
    ...visible.map((row) => ({segments: timelineSegments(row, timeline, now)})),
  ];
}
