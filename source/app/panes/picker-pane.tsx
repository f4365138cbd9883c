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
export function PickerPane(props: PickerPaneProps): ReactElement {
  const {title, scenarios, filter, region, focused, colors} = props;
  const {height} = inside(region);
  const room = pickerRows(height);
  const view = settle(props.view, scenarios.length, room);
  const rows = scenarioRows(props, view, room);
  const shows = scenarios[view.selected]?.shows ?? 'no scenario matches';
  const below: FrameRow[] = [{segments: []}, {segments: [segment(shows, 'quiet')]}];
  return (
    <Frame
      title={filter === '' ? title : `${title} /${filter}`}
      aside={scenarios.length > room ? `${view.selected + 1}/${scenarios.length}` : ''}
      region={region}
      focused={focused}
      colors={colors}
      rows={room < height ? [...rows, ...below] : rows}
    />
  );
}

/** As many rows as there is room; the last ones are empty where scenarios are few. */
function scenarioRows(
  {scenarios, filter, numbered}: PickerPaneProps,
  view: ListView,
  room: number,
): FrameRow[] {
  const nameWidth = Math.max(8, ...scenarios.map(({name}) => displayWidth(name)));
  return Array.from({length: room}, (_, row): FrameRow => {
    const index = view.top + row;
    const scenario = scenarios[index];
    if (!scenario) return {segments: []};
    const number = segment(filter === '' && index < 9 ? String(index + 1) : ' ', 'quiet');
    const words = [segment(toWidth(scenario.name, nameWidth), 'name'), segment(scenario.title)];
    return {segments: numbered ? [number, ...words] : words, selected: index === view.selected};
  });
}
