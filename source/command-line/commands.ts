import {flags} from './flags.ts';

/** A subcommand. The table is the parser's, the help's and the completion's only source. */
export interface Command {
  name: string;
  /** What stands behind the name in the help. */
  operands: string;
  meaning: string;
  /** How many operands it takes. */
  takes: {least: number; most: number};
  /** Names of the flags it takes; any other is wrong usage. */
  flags: readonly string[];
  /** More to know, in whole lines. */
  details?: readonly string[];
  /** What to type. */
  example: string;
}

const general = ['color', 'logLevel', 'debug', 'help', 'version'];
const printed = ['output', 'json', ...general];
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
];
const anyServer = ['inProcess', ...existingServer, 'startDevServer', 'port', 'uiPort', 'uiUrl'];
const agent = ['model', 'agent', 'capability'];
const tools = ['sandbox', 'pace'];
const run = [
  'quiet',
  'scenario',
  'program',
  'execute',
  ...agent,
  ...tools,
  'worker',
  'taskQueue',
  'saveHistory',
];
const fleet = ['sandbox', 'taskQueue', ...anyServer, ...printed];

/** What the short forms take: everything that belongs to one run. */
export const flagsOfRun: readonly string[] = [...run, ...anyServer, ...printed];

/** Every subcommand that works. */
export const commands: readonly Command[] = [
  {
    name: 'run',
    operands: '"<prompt>"',
    meaning: 'run one prompt and exit',
    // More than one is refused with advice of its own.
    takes: {least: 0, most: Number.POSITIVE_INFINITY},
    flags: flagsOfRun,
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
    takes: {least: 1, most: Number.POSITIVE_INFINITY},
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
];

/**
 * The flags that a command takes, in the order of the help.
 *
 * @param name undefined for the short forms
 */
export function flagsOf(name: string | undefined) {
  const taken =
    name === undefined ? flagsOfRun : (commands.find((command) => command.name === name)?.flags ?? []);
  return flags.filter((flag) => taken.includes(flag.name));
}
