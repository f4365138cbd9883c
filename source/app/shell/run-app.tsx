import {type Instance, render} from 'ink';
import {forTerminal} from '../../history/printable.ts';
import type {Connect} from '../../runtime/connection.ts';
import {closing} from '../../runtime/deadlines.ts';
import {terminalSize, wantsColors} from '../../terminal/abilities.ts';
import {type Canvas, createCanvas} from '../draw/canvas.ts';
import {createExecutor, type Executor} from '../effects/execute.ts';
import {promptHistory} from '../effects/prompt-history.ts';
import {initialState, type ScenarioEntry} from '../state/state.ts';
import {App} from './app.tsx';
import {farewell} from './farewell.ts';
import {createProgram, type Program} from './program.ts';

/** What the app is started with. */
export interface AppOptions {
  /** Starts server and worker; called once the first frame is up, and again when they died. */
  readonly connect: Connect;
  readonly scenarios: readonly ScenarioEntry[];
  /** Where tools write. */
  readonly sandbox: string;
  /** The paths of the files there, sorted; `/sandbox` shows them. */
  readonly listSandbox: () => Promise<readonly string[]>;
  /** Folder for the prompts across sessions; undefined keeps none. */
  readonly stateFolder?: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes what is to happen when the process is asked to end (SIGTERM, SIGHUP): the app leaves in good order. */
  readonly onInterrupt: (leave: () => void) => void;
  /** Reads the screen out line by line instead of drawing panes; as `INK_SCREEN_READER` by default. */
  readonly screenReader?: boolean;
}

/** Exit code of a process that was asked to end, unless whoever started the app knows better. */
const interrupted = 143;

/**
 * Opens the terminal app and resolves with the exit code once it has been left: the terminal is as it was before, and
 * trees and answers of the session's runs are in the scrollback. Rejects with what went wrong inside the app, after
 * the terminal has been restored.
 */
export async function runApp(options: AppOptions): Promise<number> {
  const {stdin, stdout, environment} = options;
  const exit = Promise.withResolvers<number>();
  const firstFrame = Promise.withResolvers<unknown>();
  const canvas = createCanvas((text) => stdout.write(text));
  const {program, executor} = createApp(options, canvas, exit);
  const app = <App program={program} stdout={stdout} canvas={canvas} colors={wantsColors(environment)} />;
  const screen = render(app, {
    stdin,
    stdout,
    alternateScreen: true,
    interactive: true,
    exitOnCtrlC: false,
    maxFps: 60,
    onRender: firstFrame.resolve,
    isScreenReaderEnabled: options.screenReader ?? environment.INK_SCREEN_READER === 'true',
  });
  // A stray error must find the terminal restored, or nobody can read it.
  process.on('uncaughtException', exit.reject);
  options.onInterrupt(() => program.dispatch({type: 'terminate', code: interrupted}));
  try {
    await Promise.race([firstFrame.promise, exit.promise]);
    begin(program, executor, options);
    return await Promise.race([exit.promise, ended(screen)]);
  } finally {
    await leave(screen, program, executor, stdout);
    process.off('uncaughtException', exit.reject);
  }
}

function createApp(
  options: AppOptions,
  canvas: Canvas,
  exit: PromiseWithResolvers<number>,
): {program: Program; executor: Executor} {
  const {connect, sandbox, listSandbox, scenarios, stateFolder, stdout, environment} = options;
  const executor = createExecutor({
    connect,
    sandbox,
    listSandbox,
    history: promptHistory(environment.NO_HISTORY ? undefined : stateFolder),
    dispatch: (message) => program.dispatch(message),
    write: (text) => stdout.write(text),
    redraw() {
      canvas.forget();
      program.dispatch({type: 'resized', ...terminalSize(stdout)});
    },
    quit: exit.resolve,
    fail: exit.reject,
    now: Date.now,
  });
  const program = createProgram({
    initial: initialState({...terminalSize(stdout), now: Date.now(), scenarios}),
    execute: (commands, state) => executor.execute(commands, state),
    clock: () => performance.now(),
  });
  return {program, executor};
}

function begin(program: Program, executor: Executor, {environment, stateFolder}: AppOptions): void {
  executor.execute([{type: 'connect', delay: 0}], program.getState());
  const history = promptHistory(environment.NO_HISTORY ? undefined : stateFolder);
  void history.read().then((prompts) => program.dispatch({type: 'historyRead', prompts}));
}

/** Ink ends by itself only where drawing failed. */
async function ended(screen: Instance): Promise<number> {
  await screen.waitUntilExit();
  return 1;
}

async function leave(
  screen: Instance,
  program: Program,
  executor: Executor,
  stdout: NodeJS.WriteStream,
): Promise<void> {
  screen.unmount();
  await screen.waitUntilExit().catch(() => {});
  const lines = farewell(program.getState());
  if (lines.length > 0) stdout.write(`${forTerminal(lines.join('\n'))}\n`);
  const late = new Promise<void>((resolve) => setTimeout(resolve, closing.app).unref());
  await Promise.race([executor.close().catch(() => {}), late]);
}
