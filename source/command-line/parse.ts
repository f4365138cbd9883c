import {closest} from '../../activities/closest.ts';
import {UsageError} from '../errors.ts';
import {commands, flagsOf} from './commands.ts';
import {flags, onByDefault, spelling} from './flags.ts';
import {readFlags} from './read-flags.ts';

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
  const plainWords = end < 0 ? [] : argv.slice(end + 1);
  return withCommand(words, plainWords, values as unknown as FlagValues);
}

/** Behind `--` nothing is a command: `durable-tui -- worker` is a prompt. */
function withCommand(words: string[], plainWords: readonly string[], values: FlagValues): Invocation {
  const [first, ...rest] = words;
  const command = commands.find(({name}) => name === first);
  if (!command) {
    if (plainWords.length === 0) checkMistyped(words);
    checkTaken(undefined, values);
    return {operands: [...words, ...plainWords], flags: values};
  }
  checkTaken(command.name, values);
  const operands = [...rest, ...plainWords];
  const {least, most} = command.takes;
  const isBlank = command.name !== 'run' && operands.some((operand) => operand.trim() === '');
  if (operands.length < least || operands.length > most || isBlank) {
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

/** One word is hardly a prompt: more likely a command that does not exist. Where no spaces are written it may be a sentence. */
function checkMistyped(words: readonly string[]): void {
  const [word = ''] = words;
  if (words.length !== 1 || !/^[a-z][\w-]*$/i.test(word)) return;
  const names = commands.map(({name}) => name);
  const suggestion = closest(word, names, 1);
  throw new UsageError(
    `There is no command "${word}".${suggestion ? ` Did you mean ${suggestion}?` : ''} For a prompt: durable-tui run "${word}".`,
  );
}
