import {inside} from '../state/layout.ts';
import {settle} from '../state/list-view.ts';
import {currentLayout} from '../state/select.ts';
import type {AppState, EventEntry, EventsState} from '../state/state.ts';
import {extendedFilter, parseFilter} from '../text/event-filter.ts';
import {bufferOf, deleteBackward, type TextBuffer} from '../text/text-buffer.ts';
import {type Next, next} from './next.ts';

/** Adds events in the order of their times; nearly always that is the end. */
export function addEntries(state: EventsState, fresh: readonly EventEntry[]): EventsState {
  const sorted = fresh.toSorted(byTime);
  const [first] = sorted;
  if (!first) return state;
  const from = state.entries.findLastIndex((entry) => byTime(entry, first) <= 0) + 1;
  if (from < state.entries.length)
    return shownAnew({...state, entries: merged(state.entries, from, sorted)}, fresh.length);
  const shows = showing(state);
  const added = sorted.flatMap((entry, index) => (shows(entry) ? [state.entries.length + index] : []));
  return {
    ...state,
    entries: [...state.entries, ...sorted],
    shown: [...state.shown, ...added],
    unseen: state.view.follow ? 0 : state.unseen + added.length,
  };
}

/** Entries with others put in among those from an index on: workflows are heard of one after the other. */
function merged(
  entries: readonly EventEntry[],
  from: number,
  fresh: readonly EventEntry[],
): readonly EventEntry[] {
  return [...entries.slice(0, from), ...[...entries.slice(from), ...fresh].sort(byTime)];
}

function byTime(a: EventEntry, b: EventEntry): number {
  return a.event.time - b.event.time;
}

function shownAnew(state: EventsState, added: number): EventsState {
  const shows = showing(state);
  const shown = state.entries.flatMap((entry, index) => (shows(entry) ? [index] : []));
  return {...state, shown, unseen: state.view.follow ? 0 : state.unseen + added};
}

function showing({filter, details}: EventsState): (entry: EventEntry) => boolean {
  const {matches} = parseFilter(filter);
  return ({words, text}) => (details || !words.detail) && matches(text);
}

/** Shows workflow tasks and the like, or hides them again. */
export function toggleDetails(state: AppState): Next {
  return next(state, {events: refiltered(state, {...state.events, details: !state.events.details})});
}

/** Begins to type a filter. */
export function editFilter(state: AppState): Next {
  return next(state, {events: {...state.events, editing: bufferOf(state.events.filter)}});
}

/** Ends typing; the filter stays. */
export function keepFilter(state: AppState): Next {
  const {editing: _editing, ...events} = state.events;
  return next(state, {events});
}

/** Ends typing and shows everything again. */
export function dropFilter(state: AppState): Next {
  const {editing: _editing, ...events} = withFilter(state, '');
  return next(state, {events});
}

/** A change to the filter that is being typed; it applies at once. */
export function typeFilter(state: AppState, text: string): Next {
  return editedFilter(state, (buffer) => bufferOf(extendedFilter(buffer.text, text)));
}

export function filterBackward(state: AppState): Next {
  return editedFilter(state, deleteBackward);
}

export function filterClear(state: AppState): Next {
  return editedFilter(state, () => bufferOf());
}

function editedFilter(state: AppState, change: (buffer: TextBuffer) => TextBuffer): Next {
  const editing = change(state.events.editing ?? bufferOf());
  return next(state, {events: {...withFilter(state, editing.text), editing}});
}

function withFilter(state: AppState, filter: string): EventsState {
  const {filterError: _filterError, ...events} = state.events;
  const {error} = parseFilter(filter);
  return refiltered(state, {...events, filter, ...(error !== undefined && {filterError: error})});
}

// The selection stays on its event, or on the nearest one that is still shown.
function refiltered(state: AppState, events: EventsState): EventsState {
  const {shown, view} = state.events;
  const {height} = inside(currentLayout(state).events);
  const entry = shown[settle(view, shown.length, height).selected] ?? 0;
  const filtered = shownAnew(events, 0);
  const found = filtered.shown.findIndex((index) => index >= entry);
  const selected = found < 0 ? filtered.shown.length - 1 : found;
  return {...filtered, view: settle({...view, selected}, filtered.shown.length, height)};
}
