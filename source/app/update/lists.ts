import {overlayRows} from '../detail/overlay-rows.ts';
import {inside, pickerRows} from '../state/layout.ts';
import {clamp, type ListView, moveBy, settle} from '../state/list-view.ts';
import {
  currentLayout,
  historyRows,
  isHome,
  listSize,
  pickable,
  selectedIndex,
  topOverlay,
} from '../state/select.ts';
import type {AppState, Overlay} from '../state/state.ts';
import {selectRow} from './history.ts';
import {type Next, next, replaceTop} from './next.ts';

/** Moves by rows in whatever list has the keys. */
export function move(state: AppState, rows: number): Next {
  const top = topOverlay(state);
  if (top) return moveInOverlay(state, top, rows);
  if (isHome(state)) return next(state, {picker: {...state.picker, view: movedPicker(state, rows)}});
  return state.focus === 'events' ? moveInEvents(state, rows) : moveInHistory(state, rows);
}

/** Moves by a part of what is in sight: 1 is a page. */
export function movePages(state: AppState, pages: number): Next {
  const page = Math.max(1, listSize(state).height - 1);
  return move(state, Math.trunc(page * pages));
}

/** To the first row. */
export function first(state: AppState): Next {
  return move(state, Number.NEGATIVE_INFINITY);
}

/** To the last row; lists that grow are followed from then on. */
export function last(state: AppState): Next {
  const [moved, commands] = move(state, Number.POSITIVE_INFINITY);
  if (topOverlay(state) || state.focus !== 'events') return [moved, commands];
  const {events} = moved;
  return [{...moved, events: {...events, unseen: 0, view: {...events.view, follow: true}}}, commands];
}

function moveInOverlay(state: AppState, top: Overlay, rows: number): Next {
  if (top.type === 'picker') return next(state, {picker: {...state.picker, view: movedPicker(state, rows)}});
  if (top.type === 'confirm') return next(state);
  const {height} = listSize(state);
  if (top.type === 'runs') {
    return next(replaceTop(state, {...top, view: moveBy(top.view, rows, top.runs?.length ?? 0, height)}));
  }
  const lowest = Math.max(0, overlayRows(state, top).length - height);
  return next(replaceTop(state, {...top, top: clamp(clamp(top.top, 0, lowest) + rows, 0, lowest)}));
}

function movedPicker(state: AppState, rows: number): ListView {
  return moveBy(state.picker.view, rows, pickable(state).length, pickerRows(listSize(state).height));
}

function moveInEvents(state: AppState, rows: number): Next {
  const {events} = state;
  const {height} = inside(currentLayout(state).events);
  const view = moveBy(events.view, rows, events.shown.length, height);
  const isAtEnd = view.selected === Math.max(0, events.shown.length - 1);
  return next(state, {events: {...events, view, unseen: isAtEnd ? 0 : events.unseen}});
}

function moveInHistory(state: AppState, by: number): Next {
  const rows = historyRows(state);
  const {height} = inside(currentLayout(state).history);
  const index = selectedIndex(state, rows);
  const settled = settle({selected: index, top: state.tree.top, follow: false}, rows.length, height);
  const target = clamp(settled.selected + by, 0, Math.max(0, rows.length - 1));
  return selectRow({...state, tree: {...state.tree, top: settled.top}}, rows, target);
}
