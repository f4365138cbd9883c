import {Box} from 'ink';
import {type ReactElement, useMemo} from 'react';
import {usageByRun} from '../../history/token-words.ts';
import {EventsPane} from '../panes/events-pane.tsx';
import {HistoryPane} from '../panes/history-pane.tsx';
import {historyRows, openRuns, runTitles, selectedIndex} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import type {PartProps} from './part.ts';

/** Events and history, side by side, one above the other, or one at a time. */
export function RunPanes(props: PartProps): ReactElement {
  const {mode, tab} = props.layout;
  if (mode === 'tabs') return tab === 'events' ? <Events {...props} /> : <History {...props} />;
  return (
    <Box flexDirection={mode === 'side' ? 'row' : 'column'} flexShrink={0}>
      <Events {...props} />
      <History {...props} />
    </Box>
  );
}

function Events({state, layout, colors}: PartProps): ReactElement {
  return (
    <EventsPane
      events={state.events}
      region={layout.events}
      focused={isFocused(state, 'events')}
      colors={colors}
      {...(layout.mode === 'tabs' && {behind: 'History'})}
      empty={emptyWords(state)}
    />
  );
}

function History({state, layout, colors}: PartProps): ReactElement {
  const {forest, pending, runs, tree} = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows depend on these parts of the state only
  const rows = useMemo(() => historyRows(state), [forest, pending, runs, tree.folded]);
  const usage = useMemo(() => usageByRun(forest), [forest]);
  return (
    <HistoryPane
      rows={rows}
      selected={selectedIndex(state, rows)}
      top={tree.top}
      follow={tree.follow && openRuns(state).length > 0}
      mode={tree.mode}
      usage={usage}
      titles={runTitles(state)}
      now={state.now}
      frame={state.frame}
      region={layout.history}
      focused={isFocused(state, 'history')}
      colors={colors}
      {...(layout.mode === 'tabs' && {behind: 'Events'})}
      empty={emptyWords(state)}
    />
  );
}

function isFocused({overlays, focus}: AppState, pane: AppState['focus']): boolean {
  return overlays.length === 0 && focus === pane;
}

function emptyWords({waiting, runs}: AppState): string {
  return waiting.length > 0 && runs.length === 0 ? 'waits for the server' : 'nothing yet';
}
