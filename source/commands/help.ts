import {type CommandContext, success} from '../command.ts';
import {commandHelp, helpText} from '../command-line/help.ts';

/**
 * `help [command]`, `--help`: explains one command, or all of them.
 *
 * @throws UsageError for a command that does not exist
 */
export async function help({operands: [name], terminal}: CommandContext<'help'>): Promise<number> {
  terminal.out(name === undefined ? helpText() : commandHelp(name));
  return success;
}
