import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {emptyFolder} from '../temporary-folder.ts';

export {emptyFolder};

const bin = fileURLToPath(new URL('../../dist/source/bin.cjs', import.meta.url));

/** What a finished command has printed. */
export interface CommandOutcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One object of `--json` output. */
export type JsonLine = {type: string} & Record<string, unknown>;

/** How a command is run. */
export interface CommandOptions {
  /** The working directory; a new empty one where absent. */
  cwd?: string;
  environment?: NodeJS.ProcessEnv;
  input?: string;
}

/** Runs the built `durable-tui` as its users do, without the environment's own Temporal and model settings. */
export async function durableTui(
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.cwd ?? (await emptyFolder()),
    env: {...cleanEnvironment(), ...options.environment},
    stdio: 'pipe',
  });
  const outcome = {code: null as number | null, stdout: '', stderr: ''};
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    outcome.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    outcome.stderr += text;
  });
  child.stdin.end(options.input ?? '');
  outcome.code = await new Promise((resolve) => child.once('close', resolve));
  return outcome;
}

/** The objects of `--json` output. */
export function jsonLines({stdout}: CommandOutcome): JsonLine[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonLine);
}

/** This process's environment without what would change a command's mind. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(TEMPORAL_|OPENAI_|ANTHROPIC_|NO_COLOR|CI$)/.test(name),
  );
  return Object.fromEntries(kept);
}
