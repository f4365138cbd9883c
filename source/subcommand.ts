import type {FlagValues} from './command-line/parse.ts';
import type {Config} from './config.ts';
import type {Printer} from './output/printer.ts';
import type {Terminal} from './terminal/terminal.ts';

/** What a subcommand works with. */
export interface CommandContext {
  config: Config;
  operands: readonly string[];
  flags: FlagValues;
  terminal: Terminal;
  printer: Printer;
}

/** Runs a subcommand and returns the exit code; errors have one line for people. */
export type Subcommand = (context: CommandContext) => Promise<number>;

/** Exit code where all went well. */
export const success = 0;

/** Exit code where something ran and did not end as it should. */
export const failure = 1;

/** The configuration of a command that makes sense only on a server that is there already. */
export function withoutStarting(config: Config): Config {
  return {...config, server: {...config.server, mayStart: false}};
}
