import type {Action} from '../keys/keymap.ts';
import type {AppState} from '../state/state.ts';
import * as edit from '../text/text-buffer.ts';
import * as events from './events.ts';
import * as history from './history.ts';
import * as leaving from './leaving.ts';
import * as lists from './lists.ts';
import {type Next, next} from './next.ts';
import * as open from './open.ts';
import {pickerBackward} from './picker.ts';
import * as prompt from './prompt.ts';
import {submit} from './submit.ts';

/** What each action of the keymap does; one that is missing here does not compile. */
export const actions: Record<Action, (state: AppState) => Next> = {
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
