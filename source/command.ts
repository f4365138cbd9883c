import type {CommandName} from './command-line/commands.ts';
import type {FlagsOf, OperandsOf} from './command-line/invocation.ts';
import type {Config} from './config.ts';
import type {Printer} from './output/printer.ts';
import type {Terminal} from './terminal/terminal.ts';

/** What a command works with: as much of the command line as it takes, and where its words go. */
export interface CommandContext<Name extends CommandName> {
  operands: OperandsOf<Name>;
  flags: FlagsOf<Name>;
  terminal: Terminal;
  printer: Printer;
}

/** What whoever runs something works with. */
export interface RunContext {
  config: Config;
  terminal: Terminal;
  printer: Printer;
}

/** The context of a command that runs something. */
export type RunningContext<Name extends CommandName> = CommandContext<Name> & RunContext;

/** Runs a command and returns the exit code; errors have one line for people. */
export type Command<Name extends CommandName> = (context: CommandContext<Name>) => Promise<number>;

/** The same of a command that runs something. */
export type RunningCommand<Name extends CommandName> = (context: RunningContext<Name>) => Promise<number>;

/** Exit code where all went well. */
export const success = 0;

/** Exit code where something ran and did not end as it should. */
export const failure = 1;

/** The configuration of a command that makes sense only on a server that is there already. */
export function withoutStarting(config: Config): Config {
  return {...config, server: {...config.server, mayStart: false}};
}
