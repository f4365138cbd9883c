import {chooseBackend} from '../backend/choose.ts';
import {machineFacts} from '../backend/machine.ts';
import {historiesIn, isPath, type SavedHistory} from './saved-histories.ts';
import {type CommandContext, failure, success, withoutStarting} from './subcommand.ts';

/**
 * `replay <file|workflow-id>…`: replays histories against the installed workflow code.
 *
 * @throws UsageError for a file that is no history, CommandError for a workflow that the server does not know
 */
export async function replay(context: CommandContext): Promise<number> {
  const {config, printer} = context;
  const histories = (await Promise.all(context.operands.map((operand) => load(context, operand)))).flat();
  const [{installRuntime}, {replayHistories}] = await Promise.all([
    import('../host/install-runtime.ts'),
    import('../host/replay-histories.ts'),
  ]);
  installRuntime(config.logLevel);
  let different = 0;
  for await (const {workflowId, events, difference} of replayHistories(histories)) {
    if (difference) different += 1;
    printer.note(
      {type: 'replay', workflowId, events, same: !difference, ...difference},
      difference
        ? `✗ ${workflowId} differs${difference.at ? ` at ${difference.at}` : ''}: ${difference.message}`
        : `✓ ${workflowId}  ${events} events`,
    );
  }
  const isSame = different === 0;
  const count = histories.length === 1 ? 'one history' : `${histories.length} histories`;
  printer.note(
    {type: 'result', status: isSame ? 'completed' : 'failed', replayed: histories.length, different},
    `Replayed ${count}: ${isSame ? 'this code does the same.' : `${different} differ.`}`,
  );
  return isSame ? success : failure;
}

async function load(context: CommandContext, operand: string): Promise<SavedHistory[]> {
  if (await isPath(operand)) return historiesIn(operand);
  const config = withoutStarting(context.config);
  const choice = await chooseBackend(config.server, machineFacts(context.terminal.environment));
  const {fetchFamily} = await import('../session/fetch-family.ts');
  if (choice.kind !== 'existing') return [];
  return fetchFamily(choice.connection, operand);
}
