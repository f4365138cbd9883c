import {printable} from '../../history/printable.ts';
import type {RunForest} from '../../history/run-tree.ts';
import {type TreeRow, treeRows} from '../../history/tree-rows.ts';
import {withPending} from '../../history/with-pending.ts';
import {textWindow} from '../text/text-layout.ts';
import {type Completion, completionsOf} from './completion.ts';
import {inside, type Layout, layoutOf, promptIndent, promptWidth, type Size} from './layout.ts';
import {clamp} from './list-view.ts';
import type {AppState, EventEntry, Overlay, RunEntry, ScenarioEntry} from './state.ts';

// What the panes show and what the keys act on is read off the state here, so that both always mean the same.

/** What covers everything else. */
export function topOverlay({overlays}: AppState): Overlay | undefined {
  return overlays.at(-1);
}

/** True before the first run: the two panes are the picker. */
export function isHome({runs, waiting}: AppState): boolean {
  return runs.length === 0 && waiting.length === 0;
}

/** The completions of what is in the prompt. */
export function completions(state: AppState): readonly Completion[] {
  if (state.focus !== 'prompt' || state.overlays.length > 0) return [];
  return completionsOf(state.prompt.buffer.text, state.scenarios);
}

/** The layout with room for completions. */
export function currentLayout(state: AppState): Layout {
  return layoutOf(state, Math.min(8, completions(state).length));
}

/** The scenarios that the picker shows. */
export function pickable({scenarios, picker}: AppState): readonly ScenarioEntry[] {
  const words = picker.filter.toLowerCase().split(/\s+/).filter(Boolean);
  return scenarios.filter((scenario) => {
    const text = `${scenario.name} ${scenario.title} ${scenario.shows}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** True where a digit runs the scenario of that number: in a picker that has the keys and filters nothing yet. */
export function digitsChoose(state: AppState): boolean {
  return topOverlay(state)?.type === 'picker' && state.picker.filter === '';
}

/** The forest with what the server says of activities in flight. */
export function liveForest({forest, pending}: AppState): RunForest {
  return withPending(forest, pending);
}

/** The rows of the history pane: the trees of the session's runs, oldest first. */
export function historyRows(state: AppState, forest = liveForest(state)): TreeRow[] {
  return state.runs.flatMap(({workflowId}) => treeRows(forest, workflowId, state.tree.folded));
}

/** Which row of the history pane is selected. */
export function selectedIndex({tree}: AppState, rows: readonly TreeRow[]): number {
  if (tree.follow) return followedIndex(rows);
  const index = rows.findIndex(({key}) => key === tree.selected);
  return index >= 0 ? index : clamp(rows.length - 1, 0, 0);
}

/** The row where something happens: the last call in flight, else the newest run. */
function followedIndex(rows: readonly TreeRow[]): number {
  const running = rows.findLastIndex(({node}) => {
    const call = node.type === 'turn' ? node.turn.model : node.type === 'call' ? node.call : undefined;
    return call !== undefined && call.endTime === undefined && call.state !== 'requested';
  });
  return running >= 0
    ? running
    : Math.max(
        0,
        rows.findLastIndex(({node}) => node.type === 'run'),
      );
}

/** The event entries that pass the filter, by their place in the list. */
export function entryAt({events}: AppState, index: number): EventEntry | undefined {
  const entry = events.shown[index];
  return entry === undefined ? undefined : events.entries[entry];
}

/** Runs that are going on, oldest first. */
export function openRuns({runs}: AppState): readonly RunEntry[] {
  return runs.filter(({state}) => state === 'open');
}

/** Something moves: a run goes on, or the connection is being made. */
export function isBusy(state: AppState): boolean {
  return state.connection.phase === 'starting' || openRuns(state).length > 0 || state.waiting.length > 0;
}

/** Rows and columns that the body's overlay or the focused pane has for its lines. */
export function listSize(state: AppState): Size {
  const layout = currentLayout(state);
  if (state.overlays.length > 0 || isHome(state)) return inside(layout.body);
  return inside(state.focus === 'events' ? layout.events : layout.history);
}

/** True where nothing is written in the prompt. */
export function isEmpty({prompt}: AppState): boolean {
  return prompt.buffer.text === '';
}

/** Where the terminal's cursor stands, from the upper left cell on; undefined hides it. */
export function cursorOf(state: AppState): {x: number; y: number} | undefined {
  const layout = currentLayout(state);
  if (layout.mode === 'small' || state.focus !== 'prompt' || state.overlays.length > 0) return undefined;
  const {cursor} = textWindow(state.prompt.buffer, promptWidth(state.size.columns), layout.promptRows);
  // Below the prompt's edge; right of the edge and `› `.
  return {x: cursor.x + promptIndent, y: cursor.y + layout.prompt.top + 1};
}

function troubleOf({state, isUnpolled}: RunEntry): string {
  if (state === 'unfollowable') return 'cannot be followed';
  if (state === 'lost') return 'lost with its server';
  return state === 'open' && isUnpolled ? 'no worker polls its queue' : '';
}

/** What stands behind a root run in the tree: what it was asked, and whether it is out of sight. */
export function runTitles({runs, forest}: AppState): ReadonlyMap<string, string> {
  return new Map(
    runs.map((run) => {
      const {workflowId, title} = run;
      const asked = title === workflowId ? (forest.runs.get(workflowId)?.prompt ?? '') : title;
      return [workflowId, printable([troubleOf(run), asked].filter(Boolean).join(' · '))];
    }),
  );
}
