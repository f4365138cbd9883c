import {type Action, actionOf, type KeyPlace} from '../keys/keymap.ts';
import {layoutMode} from '../state/layout.ts';
import type {Message} from '../state/message.ts';
import {completions, isEmpty, isHome, topOverlay} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import * as edit from '../text/text-buffer.ts';
import * as events from './events.ts';
import * as history from './history.ts';
import * as leaving from './leaving.ts';
import * as lists from './lists.ts';
import {cover, type Next, next, quiet, replaceTop, tell} from './next.ts';
import * as open from './open.ts';
import {pickerBackward, typeInPicker} from './picker.ts';
import * as prompt from './prompt.ts';
import * as session from './session.ts';
import * as starting from './starting.ts';
import {submit} from './submit.ts';

/** The state after a message, and what is to be done about it. Pure: equal arguments give equal results. */
export function update(state: AppState, message: Message): Next {
  switch (message.type) {
    case 'key':
      return pressKey(state, message.key, message.text);
    case 'paste':
      return paste(state, message.text);
    case 'resized':
      // Also of the same size: there is something to draw anew.
      return next(state, {size: {columns: message.columns, rows: message.rows}});
    case 'ticked':
      return next(state, {now: message.now, frame: state.frame + 1});
    case 'step':
      return starting.step(state, message.step, message.now);
    case 'connected':
      return starting.connected(state, message.facts, message.now);
    case 'connectFailed':
      return starting.connectFailed(state, message.text);
    case 'lost':
      return starting.lost(state, message.text);
    case 'updates':
      return session.sessionUpdates(state, message.updates, message.now);
    case 'started':
      return session.started(state, message.id, message.run, message.now);
    case 'startFailed':
      return session.startFailed(state, message.id, message.text);
    case 'attached':
      return session.attached(state, message.run);
    case 'attachFailed':
      return open.attachFailed(state, message.workflowId, message.text);
    case 'listed':
      return listed({...state, now: message.now}, message.runs);
    case 'historyRead':
      return next(state, {prompt: {...state.prompt, history: [...message.prompts, ...state.prompt.history]}});
    case 'sandboxListed':
      return open.showText(state, `Sandbox ${message.folder}`, message.files);
    case 'told':
      return tell(state, message.text, 'good');
    case 'failed':
      return tell(state, message.text, 'bad');
    case 'terminate':
      return next(state, {}, {type: 'quit', code: message.code});
  }
}

function listed(state: AppState, runs: Extract<Message, {type: 'listed'}>['runs']): Next {
  const top = topOverlay(state);
  return top?.type === 'runs'
    ? next(replaceTop(state, {...top, runs}))
    : next(cover(state, {type: 'runs', runs, view: {selected: 0, top: 0, follow: false}}));
}

function pressKey(state: AppState, key: string, text?: string): Next {
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

// Wherever the keys go, pasted text is meant for a prompt or a filter, never for commands.
function paste(state: AppState, text: string): Next {
  const [place] = placesOf(state);
  if (place === 'filter') return events.typeFilter(state, text.replace(/\s+/g, ' '));
  if (place === 'picker' || place === 'confirm') return next(state);
  return prompt.insertText({...quiet(state), focus: 'prompt', overlays: []}, text);
}

const actions: Record<Action, (state: AppState) => Next> = {
  interrupt: leaving.interrupt,
  openPicker: open.openPicker,
  nextPane: (state) => open.turnPane(state, 1),
  previousPane: (state) => open.turnPane(state, -1),
  redraw: (state) => next(state, {}, {type: 'redraw'}),

  submit,
  complete: (state) => prompt.complete(state) ?? next(state),
  newLine: (state) => prompt.insertText(state, '\n'),
  promptUp: prompt.promptUp,
  promptDown: prompt.promptDown,
  left: prompt.editing(edit.left),
  right: prompt.editing(edit.right),
  wordLeft: prompt.editing(edit.wordLeft),
  wordRight: prompt.editing(edit.wordRight),
  lineStart: prompt.editing(edit.lineStart),
  lineEnd: prompt.editing(edit.lineEnd),
  deleteBackward: prompt.editing(edit.deleteBackward),
  deleteForward: prompt.editing(edit.deleteForward),
  deleteOrQuit: leaving.deleteOrQuit,
  killToLineEnd: prompt.editing(edit.killToLineEnd),
  killToLineStart: prompt.editing(edit.killToLineStart),
  killWordLeft: prompt.editing(edit.killWordLeft),
  killWordRight: prompt.editing(edit.killWordRight),
  yank: prompt.editing(edit.yank),
  dropCommand: prompt.dropCommand,

  rowUp: (state) => lists.move(state, -1),
  rowDown: (state) => lists.move(state, 1),
  pageUp: (state) => lists.movePages(state, -1),
  pageDown: (state) => lists.movePages(state, 1),
  halfUp: (state) => lists.movePages(state, -0.5),
  halfDown: (state) => lists.movePages(state, 0.5),
  first: lists.first,
  last: lists.last,
  open: open.open,
  close: open.close,
  openHelp: open.openHelp,

  editFilter: events.editFilter,
  toggleDetails: events.toggleDetails,
  keepFilter: events.keepFilter,
  dropFilter: events.dropFilter,
  filterBackward: events.filterBackward,
  filterClear: events.filterClear,

  fold: history.fold,
  unfold: history.unfold,
  toggleFold: history.toggleFold,
  foldAll: history.foldAll,
  unfoldAll: history.unfoldAll,
  nextFailure: history.nextFailure,
  selectRootCause: history.selectRootCause,
  followRunning: history.followRunning,
  toggleTimeline: history.toggleTimeline,
  cancelSelected: leaving.cancelSelected,
  openLink: open.openLink,

  pickerBackward,
  copy: open.copy,
  agree: leaving.agree,
};
