import {setTimeout as sleep} from 'node:timers/promises';
import {type Connect, type Connection, ConnectRefused} from '../../runtime/connection.ts';
import type {Command, Message} from '../state/message.ts';
import {isBusy} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import type {PromptHistory} from './prompt-history.ts';

/** What the effects need from outside. */
export interface ExecutorOptions {
  readonly connect: Connect;
  readonly history: PromptHistory;
  /** Folder where tools write. */
  readonly sandbox: string;
  /** The paths of its files, sorted; `/sandbox` shows them. */
  readonly listSandbox: () => Promise<readonly string[]>;
  readonly dispatch: (message: Message) => void;
  /** Writes to the terminal beside what is drawn. */
  readonly write: (text: string) => void;
  readonly redraw: () => void;
  readonly quit: (code: number) => void;
  /** Told where starting cannot work out: the app ends with this error. */
  readonly fail: (error: ConnectRefused) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The only part of the app that does things. */
export interface Executor {
  execute(commands: readonly Command[], state: AppState): void;
  /** Ends the connection and all timers. */
  close(): Promise<void>;
}

/** Milliseconds between two ticks while something moves. */
const tickTime = 120;

const notThere = 'the server is not there yet';

/** Runs that the list asks for. */
const listed = 200;

type Effect<Type extends Command['type']> = (command: Extract<Command, {type: Type}>) => Promise<void>;

/** Makes the effects. Each failure comes back as a message; none is thrown. */
export function createExecutor(options: ExecutorOptions): Executor {
  const {dispatch, now} = options;
  const closing = new AbortController();
  let connection: Connection | undefined;
  let ticking: NodeJS.Timeout | undefined;

  const session = (): Connection['session'] => {
    if (!connection) throw new Error(notThere);
    return connection.session;
  };

  const effects: {[Type in Command['type']]: Effect<Type>} = {
    async connect({delay}) {
      await sleep(delay, undefined, {signal: closing.signal});
      await connection?.close().catch(() => {});
      connection = undefined;
      const opened = await open(options, closing.signal);
      if (closing.signal.aborted) await opened?.close();
      else connection = opened;
      if (connection) dispatch({type: 'connected', facts: connection.facts, now: now()});
    },
    async start({id, request}) {
      try {
        dispatch({type: 'started', id, run: await session().start(request), now: now()});
      } catch (error) {
        dispatch({type: 'startFailed', id, text: messageOf(error)});
      }
    },
    async attach({workflowId}) {
      try {
        dispatch({type: 'attached', run: await session().attach(workflowId)});
      } catch (error) {
        dispatch({type: 'attachFailed', workflowId, text: messageOf(error)});
      }
    },
    cancel: ({workflowId}) => session().cancel(workflowId),
    async list() {
      dispatch({type: 'listed', runs: await session().list(listed), now: now()});
    },
    remember: ({prompt}) => options.history.append(prompt),
    async copy({text}) {
      // OSC 52: the terminal puts it into the clipboard, also across ssh.
      options.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);
    },
    async save({workflowIds}) {
      if (!connection) throw new Error(notThere);
      const files = await connection.saveHistories(workflowIds);
      dispatch({type: 'told', text: `wrote ${files.join(', ')}`});
    },
    async listSandbox() {
      const files = await options.listSandbox();
      dispatch({
        type: 'sandboxListed',
        folder: options.sandbox,
        files: files.length > 0 ? files : ['no file yet'],
      });
    },
    async redraw() {
      options.redraw();
    },
    async quit({code}) {
      options.quit(code);
    },
  };

  const run = (command: Command): void => {
    const effect = effects[command.type] as Effect<Command['type']>;
    void (async () => effect(command))().catch((error: unknown) => {
      if (!closing.signal.aborted) dispatch({type: 'failed', text: messageOf(error)});
    });
  };

  const tick = (isNeeded: boolean): void => {
    if (isNeeded && !ticking) ticking = setInterval(() => dispatch({type: 'ticked', now: now()}), tickTime);
    if (isNeeded || !ticking) return;
    clearInterval(ticking);
    ticking = undefined;
  };

  return {
    execute(commands, state) {
      if (closing.signal.aborted) return;
      for (const command of commands) run(command);
      tick(isBusy(state));
    },
    async close() {
      closing.abort();
      tick(false);
      await connection?.close();
    },
  };
}

/** Starts everything and listens; undefined where that failed, which a message says. */
async function open(
  {connect, dispatch, now, fail}: ExecutorOptions,
  signal: AbortSignal,
): Promise<Connection | undefined> {
  try {
    const connection = await connect((step) => dispatch({type: 'step', step, now: now()}));
    const unsubscribe = connection.session.subscribe((updates) =>
      dispatch({type: 'updates', updates, now: now()}),
    );
    void connection.lost.then((text) => {
      unsubscribe();
      if (!signal.aborted) dispatch({type: 'lost', text});
    });
    return connection;
  } catch (error) {
    if (error instanceof ConnectRefused) fail(error);
    else dispatch({type: 'connectFailed', text: messageOf(error)});
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
