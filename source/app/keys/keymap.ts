/**
 * Where keys apply. `list` is every scrolling pane; `completion`, `empty` and `home` are a prompt that is being
 * completed, an empty one, and an empty one below the list of scenarios; the others are one pane or overlay each.
 */
export type KeyPlace =
  | 'everywhere'
  | 'prompt'
  | 'completion'
  | 'empty'
  | 'home'
  | 'list'
  | 'events'
  | 'history'
  | 'filter'
  | 'picker'
  | 'runs'
  | 'help'
  | 'text'
  | 'detail'
  | 'confirm';

/** What a key does, by name; `update/` has one function for each. */
export type Action = (typeof bindings)[number]['action'];

/** Keys that do one thing in one place. The first key is the one that is shown. */
export interface Binding {
  readonly place: KeyPlace;
  readonly keys: readonly string[];
  readonly action: string;
  readonly help: string;
}

/** Every key of the app: what `update` obeys, and what the help shows. */
export const bindings = [
  {
    place: 'everywhere',
    keys: ['ctrl+c'],
    action: 'interrupt',
    help: 'clear the prompt, cancel the run, or quit',
  },
  {place: 'everywhere', keys: ['ctrl+s'], action: 'openPicker', help: 'pick a scenario'},
  {place: 'everywhere', keys: ['tab'], action: 'nextPane', help: 'next pane'},
  {place: 'everywhere', keys: ['shift+tab'], action: 'previousPane', help: 'previous pane'},
  {place: 'everywhere', keys: ['ctrl+l'], action: 'redraw', help: 'draw the screen anew'},

  {place: 'completion', keys: ['tab'], action: 'complete', help: 'take the completion'},
  {place: 'home', keys: ['up'], action: 'rowUp', help: 'up in the list of scenarios'},
  {place: 'home', keys: ['down'], action: 'rowDown', help: 'down in the list of scenarios'},
  {place: 'empty', keys: ['?'], action: 'openHelp', help: 'help'},

  {place: 'prompt', keys: ['enter'], action: 'submit', help: 'run the prompt'},
  {place: 'prompt', keys: ['alt+enter', 'ctrl+j', 'shift+enter'], action: 'newLine', help: 'new line'},
  {place: 'prompt', keys: ['up', 'ctrl+p'], action: 'promptUp', help: 'line up, earlier prompt'},
  {place: 'prompt', keys: ['down', 'ctrl+n'], action: 'promptDown', help: 'line down, later prompt'},
  {place: 'prompt', keys: ['left', 'ctrl+b'], action: 'left', help: 'left'},
  {place: 'prompt', keys: ['right', 'ctrl+f'], action: 'right', help: 'right'},
  {place: 'prompt', keys: ['alt+left', 'ctrl+left', 'alt+b'], action: 'wordLeft', help: 'word left'},
  {place: 'prompt', keys: ['alt+right', 'ctrl+right', 'alt+f'], action: 'wordRight', help: 'word right'},
  {place: 'prompt', keys: ['home', 'ctrl+a'], action: 'lineStart', help: 'start of the line'},
  {place: 'prompt', keys: ['end', 'ctrl+e'], action: 'lineEnd', help: 'end of the line'},
  {place: 'prompt', keys: ['backspace', 'ctrl+h'], action: 'deleteBackward', help: 'delete to the left'},
  {place: 'prompt', keys: ['delete'], action: 'deleteForward', help: 'delete to the right'},
  {place: 'prompt', keys: ['ctrl+d'], action: 'deleteOrQuit', help: 'delete to the right; quit if empty'},
  {place: 'prompt', keys: ['ctrl+k'], action: 'killToLineEnd', help: 'kill to the end of the line'},
  {place: 'prompt', keys: ['ctrl+u'], action: 'killToLineStart', help: 'kill to the start of the line'},
  {
    place: 'prompt',
    keys: ['ctrl+w', 'alt+backspace'],
    action: 'killWordLeft',
    help: 'kill the word to the left',
  },
  {place: 'prompt', keys: ['alt+d'], action: 'killWordRight', help: 'kill the word to the right'},
  {place: 'prompt', keys: ['ctrl+y'], action: 'yank', help: 'put back what was killed'},
  {place: 'prompt', keys: ['escape'], action: 'dropCommand', help: 'drop the /command'},

  {place: 'list', keys: ['up', 'k'], action: 'rowUp', help: 'up'},
  {place: 'list', keys: ['down', 'j'], action: 'rowDown', help: 'down'},
  {place: 'list', keys: ['pageup', 'ctrl+b'], action: 'pageUp', help: 'page up'},
  {place: 'list', keys: ['pagedown', 'ctrl+f'], action: 'pageDown', help: 'page down'},
  {place: 'list', keys: ['ctrl+u'], action: 'halfUp', help: 'half a page up'},
  {place: 'list', keys: ['ctrl+d'], action: 'halfDown', help: 'half a page down'},
  {place: 'list', keys: ['g', 'home'], action: 'first', help: 'first'},
  {place: 'list', keys: ['G', 'end'], action: 'last', help: 'last, and follow'},
  {place: 'list', keys: ['enter'], action: 'open', help: 'open'},
  {place: 'list', keys: ['escape', 'q'], action: 'close', help: 'close; to the prompt'},
  {place: 'list', keys: ['?'], action: 'openHelp', help: 'help'},

  {place: 'events', keys: ['/'], action: 'editFilter', help: 'filter: words, /regex/, ! for without'},
  {place: 'events', keys: ['w'], action: 'toggleDetails', help: 'show workflow tasks too'},

  {place: 'history', keys: ['left', 'h'], action: 'fold', help: 'collapse, or to the parent'},
  {place: 'history', keys: ['right', 'l'], action: 'unfold', help: 'expand'},
  {place: 'history', keys: [' '], action: 'toggleFold', help: 'collapse or expand'},
  {place: 'history', keys: ['-'], action: 'foldAll', help: 'collapse all'},
  {place: 'history', keys: ['+', '='], action: 'unfoldAll', help: 'expand all'},
  {place: 'history', keys: ['n'], action: 'nextFailure', help: 'next failure'},
  {place: 'history', keys: ['r'], action: 'selectRootCause', help: 'root cause of a failure'},
  {place: 'history', keys: ['f'], action: 'followRunning', help: 'follow what is running'},
  {place: 'history', keys: ['t'], action: 'toggleTimeline', help: 'timeline'},
  {place: 'history', keys: ['x'], action: 'cancelSelected', help: 'cancel the run or subagent'},
  {place: 'history', keys: ['o'], action: 'openLink', help: 'link to Temporal Web'},

  {place: 'filter', keys: ['enter'], action: 'keepFilter', help: 'keep the filter'},
  {place: 'filter', keys: ['escape'], action: 'dropFilter', help: 'drop the filter'},
  {place: 'filter', keys: ['backspace', 'ctrl+h'], action: 'filterBackward', help: 'delete'},
  {place: 'filter', keys: ['ctrl+u'], action: 'filterClear', help: 'delete all'},

  {place: 'picker', keys: ['up', 'ctrl+p'], action: 'rowUp', help: 'up'},
  {place: 'picker', keys: ['down', 'ctrl+n'], action: 'rowDown', help: 'down'},
  {place: 'picker', keys: ['pageup'], action: 'pageUp', help: 'page up'},
  {place: 'picker', keys: ['pagedown'], action: 'pageDown', help: 'page down'},
  {place: 'picker', keys: ['enter'], action: 'open', help: 'run the scenario'},
  {place: 'picker', keys: ['escape'], action: 'close', help: 'close'},
  {place: 'picker', keys: ['backspace', 'ctrl+h'], action: 'pickerBackward', help: 'delete'},

  {place: 'detail', keys: ['y'], action: 'copy', help: 'copy'},
  {place: 'text', keys: ['y'], action: 'copy', help: 'copy'},

  {place: 'confirm', keys: ['y', 'enter'], action: 'agree', help: 'yes'},
  {place: 'confirm', keys: ['n', 'escape', 'q'], action: 'close', help: 'no'},
] as const satisfies readonly Binding[];

/** The action of a key in the first of these places that knows it. */
export function actionOf(key: string, places: readonly KeyPlace[]): Action | undefined {
  for (const place of places) {
    const binding = bindings.find(
      (entry) => entry.place === place && (entry.keys as readonly string[]).includes(key),
    );
    if (binding) return binding.action;
  }
  return undefined;
}

/** A key as people write it: `⏎`, `⇥`, `^S`, `M-b`. */
export function keyLabel(key: string): string {
  const labels: Record<string, string> = {
    enter: '⏎',
    tab: '⇥',
    'shift+tab': '⇤',
    escape: 'Esc',
    up: '↑',
    down: '↓',
    left: '←',
    right: '→',
    pageup: 'PgUp',
    pagedown: 'PgDn',
    home: 'Home',
    end: 'End',
    backspace: '⌫',
    delete: 'Del',
    ' ': 'Space',
  };
  const [, modifiers = '', name = key] = /^((?:(?:ctrl|alt|shift)\+)*)(.+)$/s.exec(key) ?? [];
  if (labels[key]) return labels[key];
  const base = labels[name] ?? (modifiers.includes('ctrl+') ? name.toUpperCase() : name);
  return modifiers.replace('ctrl+', '^').replace('alt+', 'M-').replace('shift+', 'S-') + base;
}
