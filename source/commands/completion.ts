import {type CommandContext, success} from '../command.ts';
import {completionScript} from '../command-line/completion.ts';
import {scenarios} from '../scenarios/index.ts';

/**
 * `completion <shell>`: prints a script that completes commands, flags and their values.
 *
 * @throws UsageError for a shell that we have none for
 */
export async function completion({
  operands: [shell],
  terminal,
}: CommandContext<'completion'>): Promise<number> {
  const names = scenarios.map(({name}) => name);
  terminal.out(completionScript(shell, names));
  return success;
}
