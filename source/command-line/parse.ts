import {UsageError} from '../errors.ts';
import {type Command, type CommandName, commandNames, commands, findCommand} from './commands.ts';
import type {FlagValues} from './flag-values.ts';
import {type Flag, flags, spelling} from './flags.ts';
import type {Invocation, OperandsOf} from './invocation.ts';
import {readFlags} from './read-flags.ts';
import {unknownWord} from './unknown-word.ts';

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown flag, a value that a flag cannot take, or a mistyped command
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const end = argv.indexOf('--');
  const {words, values} = readFlags(end < 0 ? argv : argv.slice(0, end));
  // Behind `--` nothing is a command: `durable-tui -- worker` is a prompt.
  const plainWords = end < 0 ? [] : argv.slice(end + 1);
  const typed = findCommand(words[0]);
  if (!typed && plainWords.length === 0) checkMistyped(words);
  checkTaken(typed, values);
  const operands = [...(typed ? words.slice(1) : words), ...plainWords];
  return askedByFlag(typed, operands, values) ?? {...withOperands(typed, operands), flags: values};
}

/** `--version` and `--help` count for more than the command that they stand with. */
function askedByFlag(
  typed: Command | undefined,
  operands: readonly string[],
  values: FlagValues,
): Invocation | undefined {
  if (values.version) return {command: 'version', operands: [], flags: values};
  if (!values.help) return undefined;
  const name = typed?.name === 'help' ? (operands[0] ?? 'help') : typed?.name;
  return {command: 'help', operands: name === undefined ? [] : [name], flags: values};
}

/** What names no command is a run's. */
function withOperands(
  typed: Command | undefined,
  operands: readonly string[],
): Pick<Invocation, 'command' | 'operands'> {
  const name = typed?.name ?? 'run';
  if (typed) checkOperands(typed, operands);
  return {command: name, operands: operands as OperandsOf<CommandName>};
}

function checkOperands({name, operands: usage, takes}: Command, operands: readonly string[]): void {
  const isBlank = name !== 'run' && operands.some((operand) => operand.trim() === '');
  if (operands.length < takes.least || operands.length > takes.most || isBlank)
    throw new UsageError(`Usage: durable-tui ${name} ${usage}`.trimEnd());
}

/** A flag that a command would ignore is a mistake worth a word. */
function checkTaken(typed: Command | undefined, values: FlagValues): void {
  const command = typed ?? findCommand('run');
  const other = flags.find((flag) => !command?.flags.includes(flag.name) && isGiven(flag, values));
  if (!other) return;
  const where = commands.filter((candidate) => candidate.flags.includes(other.name)).map(({name}) => name);
  const subject = typed ? `durable-tui ${typed.name}` : 'A run';
  throw new UsageError(
    `${subject} takes no ${spelling(other)}: it belongs to ${where.join(', ')}. durable-tui help ${typed?.name ?? 'run'} shows more.`,
  );
}

function isGiven({name, onByDefault}: Flag, values: FlagValues): boolean {
  const value = values[name];
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return false;
  return !(value === true && onByDefault);
}

/** One word is hardly a prompt: more likely a command that does not exist. Where no spaces are written it may be a sentence. */
function checkMistyped(words: readonly string[]): void {
  const [word = ''] = words;
  if (words.length !== 1 || !/^[a-z][\w-]*$/i.test(word)) return;
  const unknown = unknownWord(`command "${word}"`, word, commandNames, 1);
  throw new UsageError(`${unknown} For a prompt: durable-tui run "${word}".`);
}
