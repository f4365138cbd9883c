import {execFile} from 'node:child_process';
import {setTimeout as sleep} from 'node:timers/promises';
import {promisify} from 'node:util';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {patience} from '../patience.ts';

const bin = new URL('../../dist/source/bin.cjs', import.meta.url).pathname;

/** The real app in a real pseudo-terminal, with a screen that can be read. */
export interface AppTerminal {
  readonly pid: number;
  /** Sends keys one after the other, as a person does. */
  press(...keys: string[]): Promise<void>;
  /** Sends bytes in one piece. */
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** The rows that are visible now, without trailing spaces. */
  screen(): string[];
  /** Everything that the buffer holds, scrollback included. */
  everything(): string[];
  /** Which screen buffer the program has chosen. */
  buffer(): 'normal' | 'alternate';
  /** All bytes that the program has written. */
  output(): string;
  /** Waits until a text is on the screen. */
  see(text: string | RegExp): Promise<void>;
  readonly exit: Promise<number>;
  kill(signal: string): void;
}

/** How the app is started. */
export interface AppTerminalOptions {
  args: string[];
  cwd: string;
  columns?: number;
  rows?: number;
  environment?: Record<string, string>;
}

export function openAppTerminal({
  args,
  cwd,
  columns = 100,
  rows = 30,
  environment,
}: AppTerminalOptions): AppTerminal {
  const {
    CI: _ci,
    NO_COLOR: _noColor,
    NODE_ENV: _nodeEnv,
    ...inherited
  } = process.env as Record<string, string>;
  const process_ = spawn(process.execPath, [bin, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    env: {...inherited, ...environment},
  });
  const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
  let output = '';
  process_.onData((data) => {
    output += data;
    terminal.write(data);
  });
  let hasExited = false;
  const exit = new Promise<number>((resolve) =>
    process_.onExit(({exitCode}) => {
      hasExited = true;
      setTimeout(resolve, 50, exitCode);
    }),
  );
  const lines = (from: number, to: number): string[] =>
    Array.from(
      {length: to - from},
      (_, index) => terminal.buffer.active.getLine(from + index)?.translateToString(true) ?? '',
    );
  const screen = (): string[] =>
    lines(terminal.buffer.active.baseY, terminal.buffer.active.baseY + terminal.rows);
  return {
    pid: process_.pid,
    async press(...keys) {
      for (const key of keys) {
        process_.write(key);
        await sleep(40);
      }
    },
    write: (text) => process_.write(text),
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      process_.resize(newColumns, newRows);
    },
    screen,
    everything: () => lines(0, terminal.buffer.active.length),
    buffer: () => terminal.buffer.active.type,
    output: () => output,
    async see(text) {
      const end = performance.now() + patience;
      const isShown = (shown: string): boolean =>
        typeof text === 'string' ? shown.includes(text) : text.test(shown);
      while (!isShown(screen().join('\n'))) {
        if (hasExited || performance.now() > end)
          throw new Error(`not on the screen: ${text}\n${screen().join('\n')}`);
        await sleep(30);
      }
    },
    exit,
    kill: (signal) => process_.kill(signal),
  };
}

/** Ids of processes that were started with this text in their environment or arguments. */
export async function processesWith(marker: string): Promise<number[]> {
  const {stdout} = await promisify(execFile)('ps', ['axeww', '-o', 'pid=,command='], {maxBuffer: 1 << 26});
  const ids = stdout
    .split('\n')
    .filter((line) => line.includes(marker))
    .map((line) => Number.parseInt(line, 10));
  return ids.filter((id) => id !== process.pid);
}
