import type {Command, RunningCommand} from './command.ts';
import type {CommandName} from './command-line/commands.ts';
import type {Invocation} from './command-line/invocation.ts';
import {readConfig} from './config.ts';
import type {Printer} from './output/printer.ts';
import type {Terminal} from './terminal/terminal.ts';

/** What loads a command's code once it is asked for. */
type Loader<Name extends CommandName> = (
  invocation: Invocation<Name>,
  terminal: Terminal,
) => Promise<Command<Name>>;

/** Every command has one: the table in `command-line/commands.ts` says which there are. */
export type CommandLoaders = {readonly [Name in CommandName]: Loader<Name>};

const loaders: CommandLoaders = {
  run: async () => (await import('./commands/run.ts')).run,
  scenarios: async () => (await import('./commands/scenarios.ts')).listScenarios,
  tools: async () => (await import('./commands/tools.ts')).listTools,
  attach: configured(async () => (await import('./commands/attach.ts')).attach),
  worker: configured(async () => (await import('./commands/worker.ts')).worker),
  'migration-demo': configured(async () => (await import('./commands/migration-demo.ts')).migrationDemo),
  'migration-fuzz': configured(async () => (await import('./commands/migration-fuzz.ts')).migrationFuzz),
  drill: configured(async () => (await import('./commands/drill.ts')).drill),
  replay: configured(async () => (await import('./commands/replay.ts')).replay),
  help: async () => (await import('./commands/help.ts')).help,
  completion: async () => (await import('./commands/completion.ts')).completion,
  version: async () => (await import('./commands/version.ts')).version,
};

/**
 * Runs what the command line asks for.
 *
 * @returns the exit code
 * @throws errors whose message is one line for people
 */
export async function runCommand<Name extends CommandName>(
  invocation: Invocation<Name>,
  terminal: Terminal,
  printer: Printer,
): Promise<number> {
  const {command, operands, flags} = invocation;
  const run = await loaders[command](invocation, terminal);
  return run({operands, flags, terminal, printer});
}

/** Of a command that runs something: it gets the configuration, which is read meanwhile. */
function configured<Name extends CommandName>(load: () => Promise<RunningCommand<Name>>): Loader<Name> {
  return async ({flags}, {environment}) => {
    const [command, config] = await Promise.all([load(), readConfig(flags, environment)]);
    return (context) => command({...context, config});
  };
}
