import {type ChildProcess, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {cleanEnvironment, type JsonLine} from './command-line.ts';

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));

/** A command that goes on while the test does something else. */
export interface RunningCommand {
  readonly child: ChildProcess;
  /** Resolves with the first line of its `--json` output that fits; rejects where it ends without one. */
  line(fits: (line: JsonLine) => boolean): Promise<JsonLine>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
}

/** Starts the built `durable-tui` with `--json`. */
export function startCommand(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv = {},
): RunningCommand {
  const env = {...cleanEnvironment(), ...environment};
  const child = spawn(process.execPath, [bin, ...args, '--json'], {cwd, env});
  const lines: JsonLine[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let rest = '';
  child.stderr.resume();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() as string;
    lines.push(...parts.map((part) => JSON.parse(part) as JsonLine));
    for (const look of waiting) look();
  });
  return {
    child,
    ended,
    line: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(fits);
          if (found) resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then((code) =>
          reject(new Error(`It ended with ${code}: ${JSON.stringify(lines.at(-1))}`)),
        );
      }),
  };
}
