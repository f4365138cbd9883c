import {chooseBackend} from '../backend/choose.ts';
import {machineFacts} from '../backend/machine.ts';
import {failure, type RunningContext, success, withoutStarting} from '../command.ts';
import type {Printer} from '../output/printer.ts';
import {historiesIn, isPath, type SavedHistory} from '../runtime/histories-to-replay.ts';
import {encodedWords, undecodableIn} from '../session/undecodable.ts';

type Context = RunningContext<'replay'>;

/**
 * `replay <file|workflow-id>…`: replays histories against the installed workflow code.
 *
 * @throws UsageError for a file that is no history, CommandError for a workflow that the server does not know
 */
export async function replay(context: Context): Promise<number> {
  const {config, printer} = context;
  const histories = (await Promise.all(context.operands.map((operand) => load(context, operand)))).flat();
  const [{installRuntime}, {replayHistories}] = await Promise.all([
    import('../runtime/host/install-runtime.ts'),
    import('../runtime/host/replay-histories.ts'),
  ]);
  installRuntime(config.logLevel);
  const undecodable = histories.filter((history) => sayUndecodable(history, printer)).length;
  const readable = histories.filter(({history}) => !undecodableIn(history.events));
  let different = 0;
  for await (const {workflowId, events, difference} of replayHistories(readable)) {
    if (difference) different += 1;
    printer.note(
      {type: 'replay', workflowId, events, same: !difference, ...difference},
      difference
        ? `✗ ${workflowId} differs${difference.at ? ` at ${difference.at}` : ''}: ${difference.message}`
        : `✓ ${workflowId}  ${events} events`,
    );
  }
  const isSame = different === 0 && undecodable === 0;
  const count = readable.length === 1 ? 'one history' : `${readable.length} histories`;
  const unread = undecodable === 0 ? '' : ` ${undecodable} cannot be decoded.`;
  printer.note(
    {
      type: 'result',
      status: isSame ? 'completed' : 'failed',
      replayed: readable.length,
      different,
      undecodable,
    },
    readable.length === 0
      ? `Nothing was replayed.${unread}`
      : `Replayed ${count}: ${different === 0 ? 'this code does the same.' : `${different} differ.`}${unread}`,
  );
  return isSame ? success : failure;
}

/** A history that cannot be read is none that differs. */
function sayUndecodable({workflowId, history}: SavedHistory, printer: Printer): boolean {
  const found = undecodableIn(history.events);
  if (!found) return false;
  const {at, encoding} = found;
  printer.note(
    {type: 'replay', workflowId, events: history.events.length, undecodable: encoding, at},
    `✗ ${workflowId} cannot be decoded at ${at}: ${encodedWords(encoding)}`,
  );
  return true;
}

async function load(context: Context, operand: string): Promise<SavedHistory[]> {
  if (await isPath(operand)) return historiesIn(operand);
  const config = withoutStarting(context.config);
  const choice = await chooseBackend(config.server, machineFacts(context.terminal.environment));
  const {fetchFamily} = await import('../session/fetch-family.ts');
  if (choice.kind !== 'existing') return [];
  return fetchFamily(choice.connection, operand);
}
