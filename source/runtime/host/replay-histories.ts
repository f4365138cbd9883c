import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {CommandError} from '../../errors.ts';
import {patience} from '../deadlines.ts';
import {type Difference, differenceOf} from './replay-difference.ts';
import {openReplayer, type Replayable} from './replayer.ts';

/** What came of a history's replay. */
export interface Replayed {
  workflowId: string;
  events: number;
  /** Absent where the code does what the history says. */
  difference?: Difference;
}

/**
 * Replays each history against the installed workflow code, one after the other.
 *
 * @throws CommandError for a history that is none
 */
export async function* replayHistories(histories: readonly Replayable[]): AsyncGenerator<Replayed> {
  const replayer = openReplayer(fileURLToPath(new URL('../../../workflow-bundle.js', import.meta.url)));
  for (const replayable of histories) {
    const {workflowId, history} = replayable;
    const error = await Promise.race([replayer.replay(replayable), giveUp(replayable)]);
    const {events} = history;
    yield {
      workflowId,
      events: events.length,
      ...(error && {difference: differenceOf(error.message, events)}),
    };
  }
  await replayer.close();
}

async function giveUp({workflowId}: Replayable): Promise<never> {
  await delay(patience.replay, undefined, {ref: false});
  throw new CommandError(`The history of ${workflowId} cannot be replayed: it is damaged.`);
}
