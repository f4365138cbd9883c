import type {ReactElement} from 'react';
import {overlayRows, type TextOverlay} from '../detail/overlay-rows.ts';
import {PickerPane} from '../panes/picker-pane.tsx';
import {RunsPane} from '../panes/runs-pane.tsx';
import {TextPane} from '../panes/text-pane.tsx';
import {isEmpty, isHome, pickable, topOverlay} from '../state/select.ts';
import type {Overlay} from '../state/state.ts';
import type {PartProps} from './part.ts';
import {RunPanes} from './run-panes.tsx';

/** Everything between the status line and the prompt: the runs, or what covers them. */
export function Body({state, layout, colors}: PartProps): ReactElement {
  const covering = state.overlays.findLast(({type}) => type !== 'confirm');
  if (covering) return <Covering state={state} overlay={covering} layout={layout} colors={colors} />;
  if (isHome(state))
    return <Picker state={state} layout={layout} colors={colors} title="Pick a run, or type a prompt" />;
  return <RunPanes state={state} layout={layout} colors={colors} />;
}

function Covering({
  state,
  overlay,
  layout,
  colors,
}: PartProps & {readonly overlay: Overlay}): ReactElement | null {
  if (overlay.type === 'confirm') return null;
  if (overlay.type === 'picker')
    return <Picker state={state} layout={layout} colors={colors} title="Scenarios" />;
  if (overlay.type === 'runs') {
    return (
      <RunsPane
        runs={overlay.runs}
        view={overlay.view}
        now={state.now}
        region={layout.body}
        colors={colors}
      />
    );
  }
  return (
    <TextPane
      title={textTitle(overlay)}
      rows={overlayRows(state, overlay)}
      top={overlay.top}
      region={layout.body}
      colors={colors}
    />
  );
}

function Picker({state, layout, colors, title}: PartProps & {readonly title: string}): ReactElement {
  return (
    <PickerPane
      title={title}
      scenarios={pickable(state)}
      view={state.picker.view}
      filter={state.picker.filter}
      numbered={topOverlay(state)?.type === 'picker'}
      region={layout.body}
      focused={topOverlay(state)?.type === 'picker' || (isHome(state) && isEmpty(state))}
      colors={colors}
    />
  );
}

function textTitle(overlay: TextOverlay): string {
  if (overlay.type === 'text') return overlay.title;
  if (overlay.type === 'help') return 'Help';
  const {subject} = overlay;
  return subject.type === 'event' ? 'Event' : `Detail ${subject.key}`;
}
