import type {Command, Message} from '../state/message.ts';
import type {AppState} from '../state/state.ts';
import {update} from '../update/update.ts';

/** The state over time: messages go in, whoever shows it is told of changes. */
export interface Program {
  dispatch(message: Message): void;
  getState(): AppState;
  /** Calls the listener after changes, once for many that come together, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** Milliseconds between two frames at least: what changes faster is not seen anyway, and drawing takes its time. */
const frameTime = 16;

/** What a program needs from outside. */
export interface ProgramOptions {
  readonly initial: AppState;
  /** Does what `update` asks for. Called with the newest state after every message. */
  readonly execute: (commands: readonly Command[], state: AppState) => void;
  /** Milliseconds; only differences count. */
  readonly clock: () => number;
}

/** Runs `update` on each message and passes its commands on. */
export function createProgram({initial, execute, clock}: ProgramOptions): Program {
  let state = initial;
  let lastFrame = Number.NEGATIVE_INFINITY;
  let isScheduled = false;
  const listeners = new Set<() => void>();
  const announce = (): void => {
    isScheduled = false;
    lastFrame = clock();
    for (const listener of listeners) listener();
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    const wait = lastFrame + frameTime - clock();
    if (wait > 0) setTimeout(announce, wait);
    else setImmediate(announce);
  };
  return {
    dispatch(message) {
      const [after, commands] = update(state, message);
      const hasChanged = after !== state;
      state = after;
      execute(commands, state);
      if (hasChanged) schedule();
    },
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
