import {listStart} from '../state/list-view.ts';
import {digitsChoose, pickable} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import {extendedFilter} from '../text/event-filter.ts';
import {type Next, next, uncover} from './next.ts';
import {runPicked} from './open.ts';

/** Typing in the picker: digits choose while nothing has been typed, all else filters. */
export function typeInPicker(state: AppState, text: string): Next {
  const {picker} = state;
  const index = Number(text) - 1;
  const isChoice = digitsChoose(state) && /^[1-9]$/.test(text) && index < pickable(state).length;
  if (isChoice) {
    const chosen = {...picker, view: {...picker.view, selected: index, follow: false}};
    return runPicked(uncover({...state, picker: chosen}));
  }
  return next(state, {picker: {view: listStart, filter: extendedFilter(picker.filter, text)}});
}

export function pickerBackward(state: AppState): Next {
  return next(state, {picker: {view: listStart, filter: state.picker.filter.slice(0, -1)}});
}
