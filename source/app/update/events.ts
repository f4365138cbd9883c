import {parseFilter} from '../event-filter.ts';
import {inside} from '../layout.ts';
import {settle} from '../list-view.ts';
import {currentLayout} from '../select.ts';
import type {AppState, EventEntry, EventsState} from '../state.ts';
import {bufferOf, deleteBackward, insert, type TextBuffer} from '../text-buffer.ts';
import {type Next, next} from './next.ts';

/** Adds events in the order of their times; nearly always that is the end. */
export function addEntries(state: EventsState, fresh: readonly EventEntry[]): EventsState {
  const first = fresh[0];
  const last = state.entries.at(-1);
  const inOrder = isSorted(fresh) && (!last || !first || last.event.time <= first.event.time);
  if (!inOrder) return shownAnew({...state, entries: sorted([...state.entries, ...fresh])}, fresh.length);
  const shows = showing(state);
  const added = fresh.flatMap((entry, index) => (shows(entry) ? [state.entries.length + index] : []));
  return {
    ...state,
    entries: [...state.entries, ...fresh],
    shown: [...state.shown, ...added],
    unseen: state.view.follow ? 0 : state.unseen + added.length,
  };
}

function isSorted(entries: readonly EventEntry[]): boolean {
  return entries.every(
    (entry, index) => index === 0 || (entries[index - 1]?.event.time ?? 0) <= entry.event.time,
  );
}

function sorted(entries: readonly EventEntry[]): readonly EventEntry[] {
  return entries.toSorted((a, b) => a.event.time - b.event.time);
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
  return editedFilter(state, (buffer) => insert(buffer, text));
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
