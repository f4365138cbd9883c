import meow from 'meow';
import {UsageError} from '../errors.ts';
import type {FlagValues} from './flag-values.ts';
import {dashed, type Flag, flags, spelling} from './flags.ts';
import {unknownWord} from './unknown-word.ts';

/**
 * Reads flags by the table. A flag that is not given has no value: only so an explicit `--no-tls` is told from silence.
 *
 * @param argv what stands before `--`
 * @returns the values by the flags' names, each of its type, and the words that belong to no flag
 * @throws UsageError for an unknown flag, or a value that a flag cannot take
 */
export function readFlags(argv: readonly string[]): {words: string[]; values: FlagValues} {
  for (const word of argv) checkWord(word);
  const {input, values} = parse(withDashAttached(argv));
  checkKnown(values);
  for (const flag of flags) {
    const value = values[flag.name];
    if (value !== undefined) values[flag.name] = checkedValue(flag, value);
  }
  // By now the table has checked each of them.
  return {words: input, values: values as unknown as FlagValues};
}

/** What the parser would understand in a way of its own: `--no-port` as 0, `--tls=yes` as no, `--tls.x` as an object. */
function checkWord(word: string): void {
  const [, no = '', name = '', value] = /^--(no-)?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  const flag = flags.find((candidate) => name === candidate.name || name === dashed(candidate.name));
  if (name.includes('.') || (flag && no && flag.type !== 'boolean')) refuseUnknown(`--${no}${name}`);
  if (flag?.type !== 'boolean' || value === undefined) return;
  if (no) throw new UsageError(`--no-${name} takes no value.`);
  if (value !== 'true' && value !== 'false')
    throw new UsageError(`--${name} takes true or false after =, or no value at all.`);
}

function parse(argv: string[]): {input: string[]; values: Record<string, unknown>} {
  try {
    const {input, flags: values} = meow({
      importMeta: import.meta,
      argv,
      autoHelp: false,
      autoVersion: false,
      allowUnknownFlags: true,
      booleanDefault: undefined,
      flags: Object.fromEntries(flags.map((flag) => [flag.name, meowFlag(flag)])),
    });
    return {input, values};
  } catch (error) {
    throw new UsageError((error as Error).message, {cause: error});
  }
}

/** The parser takes a lone `-`, standard input, for an operand: `--program -` becomes `--program=-`. */
function withDashAttached(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    if (word === '-' && argv[index - 1]?.startsWith('--')) return [];
    return argv[index + 1] === '-' && word.startsWith('--') ? [`${word}=-`] : [word];
  });
}

/** Numbers are read here: the parser takes nothing for 0 and `0x10` for 16. */
function meowFlag({short, type, repeatable, onByDefault}: Flag) {
  return {
    type: type === 'number' ? 'string' : type,
    ...(short && {shortFlag: short}),
    ...(repeatable && {isMultiple: true}),
    ...(onByDefault && {default: true}),
  } as {type: 'string'};
}

function checkKnown(values: Record<string, unknown>): void {
  const known = new Set(flags.flatMap(({name, short}) => (short ? [name, short] : [name])));
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) refuseUnknown(unknown.length === 1 ? `-${unknown}` : `--${dashed(unknown)}`);
}

function refuseUnknown(name: string): never {
  const unknown = unknownWord(`flag ${name}`, name, flags.map(spelling), 2);
  throw new UsageError(`${unknown} durable-tui --help lists them.`);
}

function checkedValue(flag: Flag, value: unknown): unknown {
  if (flag.type === 'boolean') return value;
  if ([value].flat().includes(''))
    throw new UsageError(`${spelling(flag)} needs a value: ${spelling(flag)} <${flag.value}>.`);
  if (flag.type === 'number') return checkedNumber(flag, String(value));
  if (flag.choices && !flag.choices.includes(String(value))) {
    throw new UsageError(`${spelling(flag)} takes ${flag.choices.join(', ')}; it got "${value}".`);
  }
  return value;
}

function checkedNumber(flag: Flag, text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`${spelling(flag)} needs a whole number of 0 or more.`);
  const value = Number(text);
  if (/port$/i.test(flag.name) && value > 65_535) {
    throw new UsageError(`${spelling(flag)} needs a port: 1 to 65535, or 0 for any.`);
  }
  const {least = 0, most = Number.MAX_SAFE_INTEGER} = flag.range ?? {};
  if (value < least || value > most) {
    throw new UsageError(`${spelling(flag)} takes ${least} to ${most}; it got ${text}.`);
  }
  return value;
}
