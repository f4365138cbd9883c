import type {FlagValues} from './flag-values.ts';
import {type Flag, type FlagName, flags} from './flags.ts';

/** What the table says of a command. */
interface CommandRow {
  name: string;
  /** What stands behind the name in the help. */
  operands: string;
  meaning: string;
  /** How many operands it takes. */
  takes: {least: number; most: number};
  /** The flags that it takes, and sees; any other is wrong usage. */
  flags: readonly FlagName[];
  /** More to know, in whole lines. */
  details?: readonly string[];
  /** What to type. */
  example: string;
  /** Only a flag asks for it: as a word it is no command. */
  byFlag?: true;
}

/** A subcommand. */
export interface Command extends CommandRow {
  name: CommandName;
}

/** How many operands a command takes that sets no limit. */
const any = Number.POSITIVE_INFINITY;

const general = ['color', 'logLevel', 'debug', 'help', 'version'] as const;
const printed = ['output', 'json', ...general] as const;
const existingServer = [
  'address',
  'namespace',
  'apiKey',
  'grpcMeta',
  'tls',
  'tlsCertPath',
  'tlsKeyPath',
  'tlsCaPath',
  'tlsServerName',
  'profile',
  'configFile',
] as const;
const anyServer = ['inProcess', ...existingServer, 'startDevServer', 'port', 'uiPort', 'uiUrl'] as const;
const agent = ['model', 'agent', 'capability'] as const;
const tools = ['sandbox', 'pace'] as const;
const fleet = ['sandbox', 'taskQueue', ...anyServer, ...printed] as const;

/**
 * Every command: the only source of the parser, the help and the completion, and of what a command sees of the command
 * line. What loads its code stands in `run-command.ts`.
 */
const table = [
  {
    name: 'run',
    operands: '"<prompt>"',
    meaning: 'run one prompt and exit',
    // None opens the app; more than one is refused with advice of its own.
    takes: {least: 0, most: any},
    flags: [
      'quiet',
      'scenario',
      'program',
      'execute',
      ...agent,
      ...tools,
      'worker',
      'taskQueue',
      'saveHistory',
      ...anyServer,
      ...printed,
    ],
    example: 'durable-tui run "write a note in the sandbox"',
  },
  {
    name: 'scenarios',
    operands: '',
    meaning: 'list the scripted scenarios',
    takes: {least: 0, most: 0},
    flags: printed,
    example: 'durable-tui scenarios',
  },
  {
    name: 'tools',
    operands: '',
    meaning: 'list an agent’s tools with their arguments',
    takes: {least: 0, most: 0},
    flags: [...agent, ...printed],
    example: 'durable-tui tools --agent ./agent.ts',
  },
  {
    name: 'attach',
    operands: '<workflow-id>',
    meaning: 'follow a run that exists, with a worker for it',
    takes: {least: 1, most: 1},
    flags: [
      ...agent,
      ...tools,
      'worker',
      'quiet',
      'saveHistory',
      ...existingServer,
      'startDevServer',
      'uiUrl',
      ...printed,
    ],
    details: [
      'The worker polls the run’s own task queue. Ctrl+C leaves; the run goes on as soon as it has one.',
    ],
    example: 'durable-tui attach agent-7f3a91c0 --address 127.0.0.1:7233',
  },
  {
    name: 'worker',
    operands: '',
    meaning: 'run a worker for a server',
    takes: {least: 0, most: 0},
    flags: [...agent, ...tools, 'taskQueue', ...existingServer, 'startDevServer', ...printed],
    details: [
      'SIGTERM or Ctrl+C lets tools in flight finish for up to ten seconds; a second one leaves at once.',
    ],
    example: 'durable-tui worker --address 127.0.0.1:7233 --capability ./notes.ts',
  },
  {
    name: 'migration-demo',
    operands: '',
    meaning: 'one run over two worker processes: who did what',
    takes: {least: 0, most: 0},
    flags: ['workers', ...fleet, 'saveHistory'],
    example: 'durable-tui migration-demo --in-process',
  },
  {
    name: 'migration-fuzz',
    operands: '',
    meaning: 'random fan-outs over several worker processes, each checked',
    takes: {least: 0, most: 0},
    flags: ['workers', 'iterations', 'maxN', 'kind', 'seed', ...fleet],
    details: [
      'direct-spawns: N spawn calls at once. ptc-spawns: a program that gathers N spawns. ptc-mixed: one that gathers',
      'W write_file calls and N spawns. Without --kind all three; 3 workers where --workers says nothing.',
    ],
    example: 'durable-tui migration-fuzz --in-process --iterations 20 --workers 3 --max-n 5 --seed 7',
  },
  {
    name: 'drill',
    operands: '',
    meaning: 'kill workers in the middle of runs: is anything lost or doubled?',
    takes: {least: 0, most: 0},
    flags: ['at', 'times', ...fleet],
    details: ['A step that was in flight runs again elsewhere; one that had finished never does.'],
    example: 'durable-tui drill --in-process --at tool --times 3',
  },
  {
    name: 'replay',
    operands: '<file|workflow-id>…',
    meaning: 'replay saved or fetched histories against this code',
    takes: {least: 1, most: any},
    flags: [...existingServer, 'startDevServer', ...printed],
    details: ['A folder stands for the .json files in it; a workflow id for the run and its subagents.'],
    example: 'durable-tui replay histories',
  },
  {
    name: 'help',
    operands: '<command>',
    meaning: 'explain a command',
    takes: {least: 0, most: 1},
    flags: general,
    example: 'durable-tui help run',
  },
  {
    name: 'completion',
    operands: 'bash|zsh|fish',
    meaning: 'print a completion script',
    takes: {least: 1, most: 1},
    flags: general,
    example: 'durable-tui completion bash > ~/.local/share/bash-completion/completions/durable-tui',
  },
  {
    name: 'version',
    byFlag: true,
    operands: '',
    meaning: 'show the version',
    takes: {least: 0, most: 0},
    flags: general,
    example: 'durable-tui --version',
  },
] as const satisfies readonly CommandRow[];

/** The table by its names, for types that come from it. */
export type CommandRows = {[Row in (typeof table)[number] as Row['name']]: Row};

export type CommandName = keyof CommandRows;

/** What is said of a server that is there already. */
export type ExistingServerFlags = Pick<FlagValues, (typeof existingServer)[number]>;

/** Every command that can be typed, in the order of the help. */
export const commands: readonly Command[] = table.filter((row) => !('byFlag' in row));

export const commandNames: readonly CommandName[] = commands.map(({name}) => name);

/** The command of a name; undefined where there is none. */
export function findCommand(name: string | undefined): Command | undefined {
  return commands.find((command) => command.name === name);
}

/** The flags that a command takes, in the order of the help. */
export function flagsOf(command: Command): readonly Flag[] {
  return flags.filter(({name}) => command.flags.includes(name));
}
