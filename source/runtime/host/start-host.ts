import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import type {Socket} from 'node:net';
import {constants, setPriority} from 'node:os';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {CommandError} from '../../errors.ts';
import {closing, rhythm, shutdownTime} from '../deadlines.ts';
import {portToProcess} from '../port.ts';
import {type Remote, remote} from '../wire.ts';
import {isOfKnownClass} from '../wire-error.ts';
import type {WireReply, WireRequest} from '../wire-messages.ts';
import type {HostedServer, HostProcess, HostTask} from './host-process.ts';
import {HostWatch, type Trouble} from './host-watch.ts';
import {endWords, hostName} from './host-words.ts';
import {type GuardReport, lifeline} from './lifeline.ts';

/** Characters that are kept of what a host wrote last. */
const keptText = 4000;

/** A host process, seen from its parent. */
export interface Host {
  readonly pid: number;
  /** Resolves once the server is open. Rejects with a CommandError where the host fails or dies before. */
  readonly server: Promise<HostedServer>;
  /** Resolves with the worker's identity once it polls; rejects as `server` does. */
  readonly worker: Promise<string>;
  /**
   * Rejects as `server` does, also where the host fails or dies after everything was started; not once it was told to
   * shut down.
   */
  readonly failed: Promise<never>;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
  /** Ends worker and server in order and waits; a host that does not end in time is killed. */
  shutdown(): Promise<void>;
  /** Kills the process and what it started, at once. */
  kill(): void;
}

/** How a parent takes part in a host. */
export interface HostOptions {
  /** Receives what host, core and `temporal` write: never let the terminal inherit it. */
  onLog?(text: string): void;
  /** Receives what a person should know while the host goes on. */
  onTrouble?(trouble: Trouble): void;
  /** Lets every other process of the user's go first, such as the one that draws a terminal. */
  background?: boolean;
}

/**
 * Starts a host process for a task.
 *
 * @param options how its parent takes part in it
 */
export function startHost(task: HostTask, options: HostOptions = {}): Host {
  const child = forkHost(options);
  const name = hostName(task, child.pid);
  const onTrouble = options.onTrouble ?? (() => undefined);
  const ending = endOf(child);
  holdLifeline(child, new HostWatch(name, onTrouble), ending);
  const died = ending.then(
    ({code, signal, written}) => new CommandError(endWords(name, code, signal, written)),
  );
  const {host, failed, expectEnd} = connect(child, died);
  host.strays((strays) => {
    for (const words of strays) onTrouble({kind: 'stray', words});
  });
  const exited = ending.then(() => undefined);
  const kill = () => killGroup(child);
  child.once('exit', kill);
  return {
    pid: child.pid ?? 0,
    server: inWords(host.start(task)),
    worker: inWords(host.worker()),
    failed,
    exited,
    kill,
    async shutdown() {
      expectEnd();
      host.shutdown().catch(() => undefined);
      // A host whose event loop is held does not hear it.
      const timer = setTimeout(kill, shutdownTime(task.worker?.grace) + closing.host);
      await exited;
      clearTimeout(timer);
    },
  };
}

function forkHost({background, onLog}: HostOptions): ChildProcess {
  const child = fork(fileURLToPath(new URL('./main.js', import.meta.url)), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    serialization: 'advanced',
    execArgv: [],
  });
  // At once: threads inherit the priority when they are made.
  if (background && child.pid !== undefined) lowerPriority(child.pid);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => onLog?.(text));
  }
  return child;
}

/** It ends with this process, however that ends; until then it must not keep the process alive. */
function holdLifeline({stdio}: ChildProcess, watch: HostWatch, ending: Promise<unknown>): void {
  const line = stdio[lifeline] as Socket | undefined;
  if (!line) return;
  line.on('error', () => undefined).unref();
  createInterface(line).on('line', (report) => watch.reported(JSON.parse(report) as GuardReport));
  const timer = setInterval(() => watch.isDue(), rhythm.report).unref();
  void ending.then(() => clearInterval(timer));
}

interface End {
  code: number | null;
  signal: string | null;
  /** The last that it wrote to standard error. */
  written: string;
}

/** Its end, and what it wrote before; who has its standard error as well may go on. */
async function endOf(child: ChildProcess): Promise<End> {
  let written = '';
  child.stderr?.on('data', (text: string) => {
    written = (written + text).slice(-keptText);
  });
  const closed = once(child, 'close');
  const [code, signal] = await once(child, 'exit');
  await Promise.race([closed, delay(closing.lastWords)]);
  return {code, signal, written};
}

interface ConnectedHost extends Pick<Host, 'failed'> {
  host: Remote<HostProcess>;
  /** From now on its end is no failure. */
  expectEnd(): void;
}

function connect(child: ChildProcess, died: Promise<Error>): ConnectedHost {
  const failed = Promise.withResolvers<never>();
  const notForked = new Promise<Error>((resolve) => child.once('error', resolve));
  let isExpected = false;
  const port = portToProcess<WireRequest, WireReply>(child, Promise.race([died, notForked]));
  return {
    host: remote<HostProcess>(port, (error) => {
      if (!isExpected) failed.reject(error);
    }),
    failed: inWords(failed.promise),
    expectEnd() {
      isExpected = true;
    },
  };
}

/** Whatever stops a host is no bug of the parent's. Its own stack stays, for `--debug`. */
function inWords<Result>(starting: Promise<Result>): Promise<Result> {
  const worded = starting.catch((error: Error) => {
    throw isOfKnownClass(error)
      ? error
      : Object.assign(new CommandError(error.message), {stack: error.stack});
  });
  // Whoever awaits it sees the failure.
  worded.catch(() => undefined);
  return worded;
}

function lowerPriority(pid: number): void {
  setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  // On Linux, sessions share the processor evenly, and a priority counts only within its session; see sched(7).
  writeFile(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_BELOW_NORMAL)).catch(
    () => undefined,
  );
}

/** The host leads a process group; a `temporal` that it started is in it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
