import {layoutMode} from '../state/layout.ts';
import {completions, isHome, openRuns, topOverlay} from '../state/select.ts';
import type {AppState, Overlay} from '../state/state.ts';
import type {Action, KeyPlace} from './keymap.ts';
import {bindings, keyLabel} from './keymap.ts';

type Hint = readonly [key: string, does: string];

/** The keys worth knowing now, most useful first. */
export function hintsOf(state: AppState): readonly Hint[] {
  const top = topOverlay(state);
  if (top) return overlayHints(top);
  if (state.focus === 'prompt') return promptHints(state);
  if (state.focus === 'events' && state.events.editing) {
    return [hint('filter', 'keepFilter', 'keep'), hint('filter', 'dropFilter', 'drop')];
  }
  if (state.focus === 'events') {
    const pane = [
      hint('list', 'open', 'open'),
      hint('events', 'editFilter', 'filter'),
      hint('list', 'last', 'follow'),
    ];
    return withEverywhere(state, [...pane, hint('events', 'toggleDetails', 'tasks')]);
  }
  const tree = [
    hint('list', 'open', 'open'),
    hint('history', 'toggleFold', 'fold'),
    hint('history', 'nextFailure', 'failure'),
  ];
  return withEverywhere(state, [
    ...tree,
    hint('history', 'toggleTimeline', 'timeline'),
    hint('history', 'cancelSelected', 'cancel'),
  ]);
}

function promptHints(state: AppState): readonly Hint[] {
  const run: Hint = hint('prompt', 'submit', 'run');
  if (completions(state).length > 0) {
    return [
      run,
      hint('completion', 'complete', 'complete'),
      ['↑↓', 'choose'],
      hint('prompt', 'dropCommand', 'drop'),
    ];
  }
  const interrupt = openRuns(state).length > 0 ? 'cancel' : 'quit';
  const last: Hint[] = [
    ['/', 'commands'],
    hint('everywhere', 'openPicker', 'scenarios'),
    hint('everywhere', 'interrupt', interrupt),
    ['?', 'help'],
  ];
  if (isHome(state)) return [run, ['↑↓', 'choose'], ...last];
  return [run, hint('everywhere', 'nextPane', 'pane'), ...last];
}

function overlayHints(top: Overlay): readonly Hint[] {
  if (top.type === 'confirm')
    return [
      ['y', 'yes'],
      ['n', 'no'],
    ];
  const closes = hint('list', 'close', 'close');
  if (top.type === 'picker')
    return [hint('picker', 'open', 'run'), ['↑↓', 'choose'], ['1-9', 'run'], ['a-z', 'filter'], closes];
  if (top.type === 'runs') return [hint('list', 'open', 'attach'), ['↑↓', 'choose'], closes];
  return [['↑↓', 'scroll'], ...(top.type === 'help' ? [] : [hint('text', 'copy', 'copy')]), closes];
}

/** Where only one pane is seen, there is little room, and the way to the others comes first. */
function withEverywhere({size}: AppState, pane: readonly Hint[]): readonly Hint[] {
  const ways: Hint[] = [
    hint('everywhere', 'nextPane', 'pane'),
    ['Esc', 'prompt'],
    hint('list', 'openHelp', 'help'),
  ];
  return layoutMode(size) === 'tabs' ? [...ways, ...pane] : [...pane, ...ways];
}

function hint(place: KeyPlace, action: Action, does: string): Hint {
  const binding = bindings.find((entry) => entry.place === place && entry.action === action);
  return [keyLabel(binding?.keys[0] ?? ''), does];
}
