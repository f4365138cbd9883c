import type {ReactElement} from 'react';
import {displayWidth, toWidth} from '../../history/printable.ts';
import {segment} from '../../history/segment.ts';
import {Frame, type FrameRow} from '../draw/frame.tsx';
import {inside, pickerRows, type Region} from '../state/layout.ts';
import {type ListView, settle} from '../state/list-view.ts';
import type {ScenarioEntry} from '../state/state.ts';

interface PickerPaneProps {
  readonly title: string;
  readonly scenarios: readonly ScenarioEntry[];
  readonly view: ListView;
  readonly filter: string;
  /** The first nine have their digits before them, while nothing is filtered: there, digits choose. */
  readonly numbered: boolean;
  readonly region: Region;
  readonly focused: boolean;
  readonly colors: boolean;
}

/** The scenarios: names and titles, and below what the selected one shows. */
export function PickerPane({
  title,
  scenarios,
  view,
  filter,
  numbered,
  region,
  focused,
  colors,
}: PickerPaneProps): ReactElement {
  const {height} = inside(region);
  const room = pickerRows(height);
  const {selected, top} = settle(view, scenarios.length, room);
  const nameWidth = Math.max(8, ...scenarios.map(({name}) => displayWidth(name)));
  const rows = scenarios.slice(top, top + room).map((scenario, index): FrameRow => {
    const number = top + index + 1;
    return {
      segments: [
        ...(numbered ? [segment(filter === '' && number < 10 ? String(number) : ' ', 'quiet')] : []),
        segment(toWidth(scenario.name, nameWidth), 'name'),
        segment(scenario.title),
      ],
      selected: top + index === selected,
    };
  });
  const filler = Array.from({length: room - rows.length}, (): FrameRow => ({segments: []}));
  const shows = scenarios[selected]?.shows ?? 'no scenario matches';
  return (
    <Frame
      title={filter === '' ? title : `${title} /${filter}`}
      aside={scenarios.length > room ? `${selected + 1}/${scenarios.length}` : ''}
      region={region}
      focused={focused}
      colors={colors}
      rows={[
        ...rows,
        ...filler,
        ...(room < height ? [{segments: []}, {segments: [segment(shows, 'quiet')]}] : []),
      ]}
    />
  );
}
