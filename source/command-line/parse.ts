import {closest} from '../../activities/closest.ts';
import {commands, flagsOf} from './commands.ts';
import {flags, onByDefault, spelling} from './flags.ts';
import {readFlags} from './read-flags.ts';
import {UsageError} from './usage-error.ts';

/** What the command line says, checked word by word but not yet for sense. */
export interface Invocation {
  /** A subcommand; absent for the short forms. */
  command?: string;
  operands: string[];
  flags: FlagValues;
}

export interface FlagValues {
  scenario?: string;
  program?: string;
  execute?: string;
  model?: string;
  agent?: string;
  capability?: string[];
  pace?: number;
  inProcess?: boolean;
  address?: string;
  namespace?: string;
  apiKey?: string;
  grpcMeta?: string[];
  tls?: boolean;
  tlsCertPath?: string;
  tlsKeyPath?: string;
  tlsCaPath?: string;
  tlsServerName?: string;
  profile?: string;
  configFile?: string;
  startDevServer: boolean;
  port?: number;
  uiPort?: number;
  uiUrl?: string;
  worker: boolean;
  sandbox?: string;
  taskQueue?: string;
  workers?: number;
  iterations?: number;
  maxN?: number;
  kind?: string;
  seed?: number;
  at?: string;
  times?: number;
  output?: 'text' | 'jsonl';
  json?: boolean;
  quiet?: boolean;
  saveHistory?: string;
  color?: 'auto' | 'always' | 'never';
  logLevel?: string;
  debug?: boolean;
  help?: boolean;
  version?: boolean;
}

/** Whether JSON lines are wished for. */
export function wantsJson({json, output}: Pick<FlagValues, 'json' | 'output'>): boolean {
  return json === true || output === 'jsonl';
}

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown flag, a value that a flag cannot take, or a mistyped command
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const end = argv.indexOf('--');
  const {words, values} = readFlags(end < 0 ? argv : argv.slice(0, end));
  return withCommand([...words, ...(end < 0 ? [] : argv.slice(end + 1))], values as unknown as FlagValues);
}

function withCommand(words: string[], values: FlagValues): Invocation {
  const [first, ...operands] = words;
  const command = commands.find(({name}) => name === first);
  if (!command) {
    checkMistyped(words);
    checkTaken(undefined, values);
    return {operands: words, flags: values};
  }
  checkTaken(command.name, values);
  const {least, most} = command.takes;
  if (operands.length < least || operands.length > most) {
    throw new UsageError(`Usage: durable-tui ${command.name} ${command.operands}`.trimEnd());
  }
  return {command: command.name, operands, flags: values};
}

/** A flag that a command would ignore is a mistake worth a word. */
function checkTaken(command: string | undefined, values: FlagValues): void {
  const taken = flagsOf(command);
  const other = flags.find((flag) => !taken.includes(flag) && isGiven(flag.name, values));
  if (!other) return;
  const where = commands.filter((candidate) => candidate.flags.includes(other.name)).map(({name}) => name);
  const subject = command === undefined ? 'A run' : `durable-tui ${command}`;
  throw new UsageError(
    `${subject} takes no ${spelling(other)}: it belongs to ${where.join(', ')}. durable-tui help ${command ?? 'run'} shows more.`,
  );
}

function isGiven(name: string, values: FlagValues): boolean {
  const value = (values as unknown as Record<string, unknown>)[name];
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return false;
  return !(value === true && onByDefault.has(name));
}

function checkMistyped(words: readonly string[]): void {
  const [word = ''] = words;
  if (words.length !== 1 || /\s/.test(word)) return;
  const suggestion = closest(
    word,
    commands.map(({name}) => name),
    1,
  );
  if (suggestion === undefined) return;
  throw new UsageError(
    `There is no command "${word}". Did you mean ${suggestion}? For a prompt: durable-tui run "${word}".`,
  );
}
