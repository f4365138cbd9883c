import type {Command} from '../state/message.ts';
import type {AppState, Notice, Overlay} from '../state/state.ts';

/** What a message makes of the state, and what is to be done about it. */
export type Next = readonly [AppState, readonly Command[]];

/** The state with changes, and commands. */
export function next(state: AppState, changes: Partial<AppState> = {}, ...commands: Command[]): Next {
  return [{...state, ...changes}, commands];
}

/** One step after another. */
export function andThen([state, commands]: Next, step: (state: AppState) => Next): Next {
  const [after, more] = step(state);
  return [after, [...commands, ...more]];
}

/** The state with a line that says what happened. */
export function tell(state: AppState, text: string, tone: Notice['tone'] = 'plain'): Next {
  return next(state, {notice: {text, tone}});
}

/** The state without its notice, and with no second Ctrl+C armed. */
export function quiet({notice: _notice, armed: _armed, ...state}: AppState): AppState {
  return state;
}

/** The state with something over its panes. */
export function cover(state: AppState, overlay: Overlay): AppState {
  return {...state, overlays: [...state.overlays.filter(({type}) => type !== overlay.type), overlay]};
}

/** The state with its topmost overlay replaced. */
export function replaceTop(state: AppState, overlay: Overlay): AppState {
  return {...state, overlays: [...state.overlays.slice(0, -1), overlay]};
}

/** The state without its topmost overlay. */
export function uncover(state: AppState): AppState {
  return {...state, overlays: state.overlays.slice(0, -1)};
}
