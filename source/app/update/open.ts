import type {RunSummary} from '../../session/session.ts';
import {overlayRows} from '../detail/overlay-rows.ts';
import {inside} from '../state/layout.ts';
import {settle} from '../state/list-view.ts';
import {currentLayout, isHome, listSize, pickable, topOverlay} from '../state/select.ts';
import type {AppState, Overlay, Pane} from '../state/state.ts';
import {selectedWorkflow, selection} from './history.ts';
import {cover, type Next, next, replaceTop, tell, uncover} from './next.ts';
import {unfollowable} from './session.ts';
import {start} from './starting.ts';

const panes: readonly Pane[] = ['prompt', 'events', 'history'];

/** The keys go to the pane after (1) or before (-1) this one. */
export function turnPane(state: AppState, by: 1 | -1): Next {
  if (isHome(state)) return next(state);
  const index = (panes.indexOf(state.focus) + by + panes.length) % panes.length;
  return next(state, {focus: panes[index] ?? 'prompt'});
}

export function openPicker(state: AppState): Next {
  return next(cover({...state, picker: {...state.picker, filter: ''}}, {type: 'picker'}));
}

export function openHelp(state: AppState): Next {
  return next(cover(state, {type: 'help', top: 0}));
}

/** Closes what is on top; without anything, the keys go back to the prompt. */
export function close(state: AppState): Next {
  return state.overlays.length > 0 ? next(uncover(state)) : next(state, {focus: 'prompt'});
}

/** Opens what is selected: an event, a node, a scenario, a run. */
export function open(state: AppState): Next {
  const top = topOverlay(state);
  if (top?.type === 'picker') return runPicked(uncover(state));
  if (top?.type === 'runs') return attachSelected(state, top);
  if (top) return next(state);
  return state.focus === 'events' ? openEvent(state) : openNode(state);
}

/** Starts the scenario that the picker has selected. */
export function runPicked(state: AppState): Next {
  const offered = pickable(state);
  const view = settle(state.picker.view, offered.length, offered.length);
  const scenario = offered[view.selected];
  return scenario ? start(state, {scenario: scenario.name}) : tell(state, 'no scenario matches');
}

function attachSelected(state: AppState, {runs = [], view}: Extract<Overlay, {type: 'runs'}>): Next {
  const run = runs[settle(view, runs.length, listSize(state).height).selected];
  if (!run) return next(uncover(state));
  return attachTo(uncover(state), run.workflowId);
}

/** Follows a run; one that is followed already is selected. */
export function attachTo(state: AppState, workflowId: string): Next {
  const known = state.runs.find((run) => run.workflowId === workflowId);
  if (!known || known.state === 'unfollowable') return next(state, {}, {type: 'attach', workflowId});
  return next(state, {focus: 'history', tree: {...state.tree, selected: workflowId, follow: false}});
}

function openEvent(state: AppState): Next {
  const {events} = state;
  const {height} = inside(currentLayout(state).events);
  const view = settle(events.view, events.shown.length, height);
  if (events.shown.length === 0) return next(state);
  // The list stays where it is, or another event would slip under the detail.
  const stays = {...state, events: {...events, view: {...view, follow: false}}};
  return next(cover(stays, {type: 'detail', subject: {type: 'event', index: view.selected}, top: 0}));
}

function openNode(state: AppState): Next {
  const {row} = selection(state);
  if (!row) return next(state);
  return next(cover(state, {type: 'detail', subject: {type: 'node', key: row.key}, top: 0}));
}

/** Opens the newest run, where its answer is. */
export function openNewest(state: AppState): Next {
  const run = state.runs.at(-1);
  if (!run) return next(state);
  return next(cover(state, {type: 'detail', subject: {type: 'node', key: run.workflowId}, top: 0}));
}

/** Puts what an overlay shows into the clipboard. */
export function copy(state: AppState): Next {
  const top = topOverlay(state);
  if (top?.type !== 'detail' && top?.type !== 'text') return next(state);
  const text = overlayRows(state, top).map((row) => row.map((segment) => segment.text).join(' '));
  return next({...state, notice: {text: 'copied', tone: 'good'}}, {}, {type: 'copy', text: text.join('\n')});
}

/** Shows the address of the selected run in Temporal Web, and copies it. */
export function openLink(state: AppState): Next {
  const facts = state.connection.facts;
  const run = selectedWorkflow(state);
  if (!run) return tell(state, 'there is no run yet');
  if (!facts?.webUrl)
    return tell(state, 'this server has no Temporal Web: start with a dev server or a cluster');
  const path = [
    'namespaces',
    facts.namespace,
    'workflows',
    run.workflowId,
    run.runIds.at(-1) ?? '',
    'history',
  ];
  const link = `${facts.webUrl}/${path.map(encodeURIComponent).join('/')}`;
  return next({...state, notice: {text: `copied ${link}`, tone: 'good'}}, {}, {type: 'copy', text: link});
}

/** Lists the server's runs, once they arrive. */
export function openRunList(state: AppState): Next {
  if (state.connection.phase !== 'ready') return tell(state, 'the server is not there yet');
  return next(cover(state, {type: 'runs', view: {selected: 0, top: 0, follow: false}}), {}, {type: 'list'});
}

/** The server's runs are there: the list shows them, anew where it has been closed meanwhile. */
export function listed(state: AppState, runs: readonly RunSummary[]): Next {
  const top = topOverlay(state);
  return top?.type === 'runs'
    ? next(replaceTop(state, {...top, runs}))
    : next(cover(state, {type: 'runs', runs, view: {selected: 0, top: 0, follow: false}}));
}

/** Shows lines of text over the panes. */
export function showText(state: AppState, title: string, lines: readonly string[]): Next {
  return next(cover(state, {type: 'text', title, lines, top: 0}));
}

/** A run could not be attached to. */
export function attachFailed(state: AppState, workflowId: string, text: string): Next {
  const isKnown = state.runs.some((run) => run.workflowId === workflowId);
  return isKnown ? unfollowable(state, workflowId, text) : tell(state, text, 'bad');
}
