import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import type {Socket} from 'node:net';
import {constants, setPriority} from 'node:os';
import {createInterface} from 'node:readline';
import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import type {ServerConnection} from '../../backend/connection.ts';
import {CommandError} from '../../errors.ts';
import {HostWatch, type Trouble} from './host-watch.ts';
import {endWords, hostName} from './host-words.ts';
import {type GuardReport, lifeline, reportTime} from './lifeline.ts';
import type {HostMessage, HostTask, ParentMessage} from './messages.ts';
import {shutdownTime} from './shutdown-time.ts';

/** Milliseconds beyond its time after which a host that was told to shut down is killed from outside. */
const margin = 500;

/** Milliseconds that what a host wrote last has to arrive, and how much of it is kept. */
const drainTime = 500;
const keptText = 4000;

/** A host process, seen from its parent. */
export interface Host {
  readonly pid: number;
  /** Resolves once the server is open. Rejects with a CommandError where the host fails or dies before. */
  readonly server: Promise<{connection: ServerConnection; webUrl?: string}>;
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
  const child = fork(fileURLToPath(new URL('./main.js', import.meta.url)), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    serialization: 'advanced',
    execArgv: [],
  });
  // At once: threads inherit the priority when they are made.
  if (options.background && child.pid !== undefined) lowerPriority(child.pid);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => options.onLog?.(text));
  }
  const name = hostName(task, child.pid);
  const ending = endOf(child);
  const onTrouble = options.onTrouble ?? (() => undefined);
  holdLifeline(child, new HostWatch(name, onTrouble), ending);
  const messages = listen(child, onTrouble);
  void ending.then(({code, signal, written}) =>
    messages.fail(new CommandError(endWords(name, code, signal, written))),
  );
  tell(child, {type: 'start', task});
  const exited = ending.then(() => undefined);
  const kill = () => killGroup(child);
  child.once('exit', kill);
  return {
    pid: child.pid ?? 0,
    server: messages.server,
    worker: messages.worker,
    failed: messages.failed,
    exited,
    kill,
    async shutdown() {
      messages.expectEnd();
      tell(child, {type: 'shutdown'});
      // A host whose event loop is held does not hear it.
      const timer = setTimeout(kill, shutdownTime(task) + margin);
      await exited;
      clearTimeout(timer);
    },
  };
}

/** It ends with this process, however that ends; until then it must not keep the process alive. */
function holdLifeline({stdio}: ChildProcess, watch: HostWatch, ending: Promise<unknown>): void {
  const line = stdio[lifeline] as Socket | undefined;
  if (!line) return;
  line.on('error', () => undefined).unref();
  createInterface(line).on('line', (report) => watch.reported(JSON.parse(report) as GuardReport));
  const timer = setInterval(() => watch.isDue(), reportTime).unref();
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
  await Promise.race([closed, delay(drainTime)]);
  return {code, signal, written};
}

type Messages = Pick<Host, 'server' | 'worker' | 'failed'> & {fail(error: Error): void; expectEnd(): void};

function listen(child: ChildProcess, onTrouble: (trouble: Trouble) => void): Messages {
  const server = Promise.withResolvers<{connection: ServerConnection; webUrl?: string}>();
  const worker = Promise.withResolvers<string>();
  const failed = Promise.withResolvers<never>();
  let isExpected = false;
  const fail = (error: Error) => {
    for (const waiting of isExpected ? [server, worker] : [server, worker, failed]) waiting.reject(error);
  };
  child.on('message', (message: HostMessage) => {
    if (message.type === 'server') server.resolve(message);
    else if (message.type === 'worker') worker.resolve(message.identity);
    else if (message.type === 'stray') onTrouble({kind: 'stray', words: message.words});
    else fail(hostFailure(message));
  });
  child.once('error', fail);
  // Whoever awaits them sees the failure.
  for (const {promise} of [server, worker, failed]) promise.catch(() => undefined);
  return {
    server: server.promise,
    worker: worker.promise,
    failed: failed.promise,
    fail,
    expectEnd() {
      isExpected = true;
    },
  };
}

/** The host's own stack, for `--debug`. */
function hostFailure({message, stack}: {message: string; stack?: string}): CommandError {
  const error = new CommandError(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}

function lowerPriority(pid: number): void {
  setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  // On Linux, sessions share the processor evenly, and a priority counts only within its session; see sched(7).
  writeFile(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_BELOW_NORMAL)).catch(
    () => undefined,
  );
}

function tell(child: ChildProcess, message: ParentMessage): void {
  if (child.connected) child.send(message);
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
