import {Box} from 'ink';
import {type ReactElement, useMemo} from 'react';
import {toWidth} from '../../history/printable.ts';
import {tokenWords, totalUsage, usageByRun} from '../../history/token-words.ts';
import {overlayRows, type TextOverlay} from '../detail/overlay-rows.ts';
import {Lines} from '../draw/lines.tsx';
import {hintsOf} from '../keys/hints.ts';
import {EventsPane} from '../panes/events-pane.tsx';
import {Footer} from '../panes/footer.tsx';
import {HistoryPane} from '../panes/history-pane.tsx';
import {PickerPane} from '../panes/picker-pane.tsx';
import {PromptPane} from '../panes/prompt-pane.tsx';
import {RunsPane} from '../panes/runs-pane.tsx';
import {StatusLine} from '../panes/status-line.tsx';
import {TextPane} from '../panes/text-pane.tsx';
import {type Layout, promptWidth} from '../state/layout.ts';
import {
  completions,
  currentLayout,
  historyRows,
  isEmpty,
  isHome,
  openRuns,
  pickable,
  runTitles,
  selectedIndex,
  topOverlay,
} from '../state/select.ts';
import type {AppState, Overlay} from '../state/state.ts';
import {textWindow} from '../text/text-layout.ts';

interface ScreenProps {
  readonly state: AppState;
  readonly colors: boolean;
}

/** The whole screen for a state: exactly as many rows and columns as the terminal has. */
export function Screen({state, colors}: ScreenProps): ReactElement {
  const layout = currentLayout(state);
  if (layout.mode === 'small') return <TooSmall size={state.size} />;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <StatusLine
        connection={state.connection}
        {...(state.model !== undefined && {model: state.model})}
        tokens={tokenWords(totalUsage(state.forest))}
        running={openRuns(state).length}
        waiting={state.waiting.length}
        now={state.now}
        region={layout.header}
        colors={colors}
      />
      <Body state={state} layout={layout} colors={colors} />
      <PromptArea state={state} layout={layout} colors={colors} />
      <Footer
        {...(state.notice && {notice: state.notice})}
        hints={hintsOf(state)}
        region={layout.footer}
        colors={colors}
      />
    </Box>
  );
}

function TooSmall({size: {columns, rows}}: {readonly size: AppState['size']}): ReactElement {
  const notice = toWidth(`Needs 30×8, has ${columns}×${rows}`, columns);
  return <Lines region={{top: 0, left: 0, width: columns, height: 1}} lines={[notice]} />;
}

function textTitle(overlay: TextOverlay): string {
  if (overlay.type === 'text') return overlay.title;
  if (overlay.type === 'help') return 'Help';
  const {subject} = overlay;
  return subject.type === 'event' ? 'Event' : `Detail ${subject.key}`;
}

interface PartProps extends ScreenProps {
  readonly layout: Layout;
}

function PromptArea({state, layout, colors}: PartProps): ReactElement {
  const top = topOverlay(state);
  const text = textWindow(state.prompt.buffer, promptWidth(state.size.columns), layout.promptRows);
  return (
    <PromptPane
      text={text}
      isEmpty={isEmpty(state)}
      completions={completions(state)}
      completion={state.prompt.completion}
      {...(top?.type === 'confirm' && {question: top.question})}
      region={layout.prompt}
      focused={top ? top.type === 'confirm' : state.focus === 'prompt'}
      colors={colors}
    />
  );
}

function Body({state, layout, colors}: PartProps): ReactElement {
  const covering = state.overlays.findLast(({type}) => type !== 'confirm');
  if (covering) return <Covering state={state} overlay={covering} layout={layout} colors={colors} />;
  if (isHome(state))
    return <Picker state={state} layout={layout} colors={colors} title="Pick a run, or type a prompt" />;
  return <Panes state={state} layout={layout} colors={colors} />;
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

function Panes({state, layout, colors}: PartProps): ReactElement {
  const {forest, pending, runs, tree} = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows depend on these parts of the state only
  const rows = useMemo(() => historyRows(state), [forest, pending, runs, tree.folded]);
  const usage = useMemo(() => usageByRun(forest), [forest]);
  const focused = (pane: AppState['focus']): boolean => state.overlays.length === 0 && state.focus === pane;
  const empty = state.waiting.length > 0 && runs.length === 0 ? 'waits for the server' : 'nothing yet';
  const isTabs = layout.mode === 'tabs';
  const events = (
    <EventsPane
      events={state.events}
      region={layout.events}
      focused={focused('events')}
      colors={colors}
      {...(isTabs && {behind: 'History'})}
      empty={empty}
    />
  );
  const history = (
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
      focused={focused('history')}
      colors={colors}
      {...(isTabs && {behind: 'Events'})}
      empty={empty}
    />
  );
  if (isTabs) return layout.tab === 'events' ? events : history;
  return (
    <Box flexDirection={layout.mode === 'side' ? 'row' : 'column'} flexShrink={0}>
      {events}
      {history}
    </Box>
  );
}
