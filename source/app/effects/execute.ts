import type {Command} from '../state/message.ts';
import {isBusy} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import {connect} from './connect.ts';
import {createConnectionHolder} from './connection-holder.ts';
import {type CommandOf, type Effect, type EffectContext, messageOf, type Outside} from './effect.ts';
import {listSandbox, remember} from './files.ts';
import {attach, cancel, list, save, start} from './runs.ts';
import {copy, quit, redraw} from './terminal.ts';
import {createTicker} from './ticker.ts';

/** The only part of the app that does things. */
export interface Executor {
  execute(commands: readonly Command[], state: AppState): void;
  /** Ends the connection and all timers. */
  close(): Promise<void>;
}

/** What each command does; one that is missing here does not compile. */
const effects: {readonly [Type in Command['type']]: Effect<Type>} = {
  connect,
  start,
  attach,
  cancel,
  list,
  remember,
  copy,
  save,
  listSandbox,
  redraw,
  quit,
};

/** An executor without a connection. Each failure of an effect comes back as a message; none is thrown. */
export function createExecutor(outside: Outside): Executor {
  const {dispatch, now} = outside;
  const connection = createConnectionHolder();
  const ticker = createTicker(() => dispatch({type: 'ticked', now: now()}));
  const run = async (command: Command): Promise<void> => {
    try {
      await perform(command.type, command, {...outside, connection});
    } catch (error) {
      if (!connection.closing.aborted) dispatch({type: 'failed', text: messageOf(error)});
    }
  };
  return {
    execute(commands, state) {
      if (connection.closing.aborted) return;
      for (const command of commands) void run(command);
      ticker.run(isBusy(state));
    },
    async close() {
      ticker.run(false);
      await connection.close();
    },
  };
}

function perform<Type extends Command['type']>(
  type: Type,
  command: CommandOf<Type>,
  context: EffectContext,
): Promise<void> {
  return effects[type](command, context);
}
