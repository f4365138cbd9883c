import type {ReactElement} from 'react';
import {formatClock} from '../../history/duration.ts';
import {toWidth} from '../../history/printable.ts';
import {segment} from '../../history/segment.ts';
import {Frame, type FrameRow, tabTitle} from '../draw/frame.tsx';
import type {Region} from '../state/layout.ts';
import {settle} from '../state/list-view.ts';
import type {EventEntry, EventsState} from '../state/state.ts';

interface EventsPaneProps {
  readonly events: EventsState;
  readonly region: Region;
  readonly focused: boolean;
  readonly colors: boolean;
  /** The pane that is behind this one, where only one is seen. */
  readonly behind?: string;
  /** Said where there is no event yet. */
  readonly empty: string;
}

/** Temporal's events as they happen, newest last. */
export function EventsPane({events, region, focused, colors, behind, empty}: EventsPaneProps): ReactElement {
  const {height} = region;
  const view = settle(events.view, events.shown.length, height - 2);
  const shown = events.shown.slice(view.top, view.top + Math.max(0, height - 2));
  const rows = shown.flatMap((place, index): FrameRow[] => {
    const entry = events.entries[place];
    return entry
      ? [{segments: eventSegments(entry, region.width), selected: view.top + index === view.selected}]
      : [];
  });
  const nothing = events.entries.length > 0 ? 'nothing matches the filter' : empty;
  return (
    <Frame
      title={tabTitle(title(events), behind)}
      aside={events.unseen > 0 ? `${events.unseen} new · G follows` : ''}
      region={region}
      focused={focused}
      colors={colors}
      rows={rows.length > 0 ? rows : [{segments: [segment(nothing, 'quiet')]}]}
    />
  );
}

function title({filter, filterError, editing}: EventsState): string {
  if (editing) return `Events /${editing.text}▏${filterError === undefined ? '' : ` ${filterError}`}`;
  return filter === '' ? 'Events' : `Events /${filter}`;
}

function eventSegments({words}: EventEntry, width: number): FrameRow['segments'] {
  const clock = formatClock(words.time);
  // On a narrow screen the hour is known.
  const time = segment(width < 60 ? clock.slice(3) : clock, 'quiet');
  return [time, segment(workflowColumn(words.workflow), 'quiet'), ...words.segments];
}

/** A root by its id, a subagent by its call: what tells them apart from their neighbours. */
function workflowColumn(workflow: string): string {
  const own = workflow.slice(workflow.lastIndexOf('/') + 1);
  return toWidth(own, 7);
}
