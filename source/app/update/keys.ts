import {actionOf, type KeyPlace} from '../keys/keymap.ts';
import {layoutMode} from '../state/layout.ts';
import {completions, isEmpty, isHome, topOverlay} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import {actions} from './actions.ts';
import * as events from './events.ts';
import {type Next, next, quiet} from './next.ts';
import * as open from './open.ts';
import {typeInPicker} from './picker.ts';
import * as prompt from './prompt.ts';

/** What a key does where the keys go now; one that does nothing there may be text. */
export function pressKey(state: AppState, key: string, text?: string): Next {
  const action = actionOf(key, placesOf(state));
  // What these do depends on the key before.
  if (action === 'interrupt' || action === 'deleteOrQuit') return actions[action](state);
  const calm = quiet(state);
  if (action) return actions[action](calm);
  if (topOverlay(state)?.type === 'confirm') return open.close(calm);
  return text === undefined ? next(calm) : type(calm, text);
}

/** Where a key applies now, nearest first; typed text goes to the first place. */
function placesOf(state: AppState): readonly KeyPlace[] {
  // What is not seen is not meant.
  if (layoutMode(state.size) === 'small') return ['everywhere'];
  const top = topOverlay(state);
  if (top?.type === 'picker') return ['picker', 'everywhere'];
  if (top?.type === 'confirm') return ['confirm', 'everywhere'];
  if (top) return [top.type, 'list', 'everywhere'];
  if (state.focus === 'prompt') return promptPlaces(state);
  if (state.focus === 'events' && state.events.editing) return ['filter', 'everywhere'];
  return [state.focus, 'list', 'everywhere'];
}

function promptPlaces(state: AppState): readonly KeyPlace[] {
  if (completions(state).length > 0) return ['completion', 'prompt', 'everywhere'];
  if (!isEmpty(state)) return ['prompt', 'everywhere'];
  return isHome(state) ? ['home', 'empty', 'prompt', 'everywhere'] : ['empty', 'prompt', 'everywhere'];
}

function type(state: AppState, text: string): Next {
  const places = placesOf(state);
  if (places.includes('prompt')) return prompt.insertText(state, text);
  if (places.includes('picker')) return typeInPicker(state, text);
  return places.includes('filter') ? events.typeFilter(state, text) : next(state);
}

/** Wherever the keys go, pasted text is meant for a prompt or a filter, never for commands. */
export function paste(state: AppState, text: string): Next {
  const [place] = placesOf(state);
  if (place === 'filter') return events.typeFilter(state, text.replace(/\s+/g, ' '));
  if (place === 'picker' || place === 'confirm') return next(state);
  return prompt.insertText({...quiet(state), focus: 'prompt', overlays: []}, text);
}
