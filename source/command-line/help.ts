import {UsageError} from '../errors.ts';
import {type Command, commandNames, commands, findCommand, flagsOf} from './commands.ts';
import {type Flag, flags, spelling} from './flags.ts';
import {unknownWord} from './unknown-word.ts';

const examples = [
  ['durable-tui', 'the terminal app'],
  [
    'durable-tui --in-process --scenario ptc',
    'a durable agent, offline: watch what it leaves in the history',
  ],
  [
    'durable-tui "write a note in the sandbox"',
    'one prompt; Temporal’s dev server where temporal is on PATH',
  ],
  ['durable-tui --in-process -e "1 + 1"', 'one program'],
  ['durable-tui --model claude-sonnet-5 "…"', 'a live model; needs ANTHROPIC_API_KEY'],
] as const;

/** What `--help` prints: examples first, then only what works. */
export function helpText(): string {
  return [
    'Run durable agents on Temporal.',
    '',
    'Examples',
    ...aligned(examples),
    '',
    'Commands',
    ...aligned(commands.map((command) => [commandUsage(command), command.meaning] as const)),
    ...flagGroups(flags),
    '',
    'Exit codes: 0 the run completed; 1 it did not, or something asked for beside it failed; 2 wrong usage; 128 and the number of a signal, as 130 for Ctrl+C.',
    '',
  ].join('\n');
}

/**
 * What `help <command>` prints.
 *
 * @throws UsageError for a command that does not exist
 */
export function commandHelp(name: string): string {
  const command = findCommand(name);
  if (command) return describeCommand(command);
  const unknown = unknownWord(`command "${name}"`, name, commandNames, 2);
  throw new UsageError(`${unknown} The commands are: ${commandNames.join(', ')}.`);
}

function describeCommand(command: Command): string {
  return [
    `durable-tui ${commandUsage(command)}`,
    '',
    command.meaning,
    ...(command.details ?? []),
    '',
    'Example',
    `  ${command.example}`,
    ...flagGroups(flagsOf(command)),
    '',
  ].join('\n');
}

function commandUsage({name, operands}: Command): string {
  return `${name} ${operands}`.trim();
}

function flagGroups(members: readonly Flag[]): string[] {
  const groups = Map.groupBy(members, ({group}) => group);
  return [...groups].flatMap(([group, flagsOfGroup]) => [
    '',
    group,
    ...aligned(flagsOfGroup.map((flag) => [flagUsage(flag), flag.meaning] as const)),
  ]);
}

function flagUsage(flag: Flag): string {
  const short = flag.short ? `-${flag.short}, ` : '    ';
  return `${short}${spelling(flag)}${flag.value ? ` <${flag.value}>` : ''}`;
}

function aligned(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
