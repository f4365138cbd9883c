import type {Command, Message} from '../../source/app/state/message.ts';
import {type AppState, initialState} from '../../source/app/state/state.ts';
import {update} from '../../source/app/update/update.ts';
import type {HistoryEvent} from '../../source/history/event.ts';
import type {RunResult} from '../../source/session/session.ts';
import {rootId} from '../history/families.ts';
import {facts, scenarios} from './recorded-connection.ts';

/** Where a journey begins: Friday, 2 January 2026, 12:04:01.200 UTC, as the recordings do. */
export const beginning = Date.UTC(2026, 0, 2, 12, 4, 1, 200);

/** A way through the app without a terminal: messages and keys in, states and commands out. */
export interface Journey {
  readonly state: AppState;
  /** Everything that was asked for on the way. */
  readonly commands: readonly Command[];
}

export function journey(columns = 100, rows = 30): Journey {
  return {state: initialState({columns, rows, now: beginning, scenarios}), commands: []};
}

/** Goes on by messages, or by keys in a string: `ctrl+s down enter`; `'text'` types a text. */
export function go({state, commands}: Journey, ...steps: (Message | string)[]): Journey {
  const messages = steps.flatMap((step) => (typeof step === 'string' ? keys(step) : [step]));
  return messages.reduce<Journey>(
    (before, message) => {
      const [after, more] = update(before.state, message);
      return {state: after, commands: [...before.commands, ...more]};
    },
    {state, commands},
  );
}

function keys(steps: string): Message[] {
  return [...steps.matchAll(/'([^']*)'|(\S+)/g)].flatMap(([, text, key]) => {
    if (text !== undefined)
      return [...text].map((letter): Message => ({type: 'key', key: letter, text: letter}));
    return [{type: 'key', key: key ?? '', ...(key?.length === 1 && {text: key})} as Message];
  });
}

/** A journey with server and worker there. */
export function connected(columns?: number, rows?: number): Journey {
  return go(journey(columns, rows), {type: 'connected', facts, now: beginning});
}

/** A journey on which a run has started and these events have happened. */
export function running(events: readonly HistoryEvent[], columns?: number, rows?: number): Journey {
  const asked = go(connected(columns, rows), "'write a note and delegate' enter");
  const now = (events.at(-1)?.time ?? beginning) + 300;
  return go(
    asked,
    {type: 'started', id: 1, run: {workflowId: rootId, runId: `run-of-${rootId}`}, now},
    {type: 'updates', updates: [{type: 'events', workflowId: rootId, events: [...events]}], now},
  );
}

/** A journey on which a run is over. */
export function finished(
  events: readonly HistoryEvent[],
  status: RunResult['status'],
  columns?: number,
  rows?: number,
): Journey {
  const open = running(events, columns, rows);
  const result: RunResult = {status};
  return go(open, {
    type: 'updates',
    updates: [{type: 'closed', workflowId: rootId, result}],
    now: open.state.now,
  });
}
