import type {Message} from '../state/message.ts';
import type {AppState} from '../state/state.ts';
import {paste, pressKey} from './keys.ts';
import {type Next, next, tell} from './next.ts';
import * as open from './open.ts';
import * as session from './session.ts';
import * as starting from './starting.ts';

type MessageOf<Type extends Message['type']> = Extract<Message, {type: Type}>;

/** The state after a message, and what is to be done about it. Pure: equal arguments give equal results. */
export function update(state: AppState, message: Message): Next {
  return take(state, message.type, message);
}

function take<Type extends Message['type']>(state: AppState, type: Type, message: MessageOf<Type>): Next {
  return changes[type](state, message);
}

/** What each message makes of the state; one that is missing here does not compile. */
const changes: {
  readonly [Type in Message['type']]: (state: AppState, message: MessageOf<Type>) => Next;
} = {
  key: (state, {key, text}) => pressKey(state, key, text),
  paste: (state, {text}) => paste(state, text),
  // Also of the same size: there is something to draw anew.
  resized: (state, {columns, rows}) => next(state, {size: {columns, rows}}),
  ticked: (state, {now}) => next(state, {now, frame: state.frame + 1}),
  step: (state, {step, now}) => starting.step(state, step, now),
  connected: (state, {facts, now}) => starting.connected(state, facts, now),
  connectFailed: (state, {text}) => starting.connectFailed(state, text),
  lost: (state, {text}) => starting.lost(state, text),
  updates: (state, {updates, now}) => session.sessionUpdates(state, updates, now),
  started: (state, {id, run, now}) => session.started(state, id, run, now),
  startFailed: (state, {id, text}) => session.startFailed(state, id, text),
  attached: (state, {run}) => session.attached(state, run),
  attachFailed: (state, {workflowId, text}) => open.attachFailed(state, workflowId, text),
  listed: (state, {runs, now}) => open.listed({...state, now}, runs),
  historyRead: (state, {prompts}) =>
    next(state, {prompt: {...state.prompt, history: [...prompts, ...state.prompt.history]}}),
  sandboxListed: (state, {folder, files}) => open.showText(state, `Sandbox ${folder}`, files),
  told: (state, {text}) => tell(state, text, 'good'),
  failed: (state, {text}) => tell(state, text, 'bad'),
  terminate: (state, {code}) => next(state, {}, {type: 'quit', code}),
};
