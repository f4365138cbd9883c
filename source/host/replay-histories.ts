import {setTimeout as delay} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Worker} from '@temporalio/worker';
import {CommandError} from '../command-line/usage-error.ts';
import {type Difference, differenceOf} from './replay-difference.ts';

/** What came of a history's replay. */
export interface Replayed {
  workflowId: string;
  events: number;
  /** Absent where the code does what the history says. */
  difference?: Difference;
}

/** A history as Temporal's JSON or as the SDK has it; its events are numbered from 1 without a gap. */
export interface Replayable {
  workflowId: string;
  history: {events: readonly object[]};
}

/** Milliseconds for one history: core never answers for one that breaks its rules. */
const patience = 30_000;

/**
 * Replays each history against the installed workflow code, one after the other.
 *
 * @throws CommandError for a history that is none
 */
export async function* replayHistories(histories: readonly Replayable[]): AsyncGenerator<Replayed> {
  const codePath = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));
  const options = {workflowBundle: {codePath}, reuseV8Context: true};
  const results = Worker.runReplayHistories(options, histories)[Symbol.asyncIterator]();
  for (const replayable of histories) {
    const {workflowId, history} = replayable;
    const {value} = await Promise.race([results.next(), giveUp(replayable)]);
    const {error} = value as {error?: Error};
    const {events} = history;
    yield {
      workflowId,
      events: events.length,
      ...(error && {difference: differenceOf(error.message, events)}),
    };
  }
}

async function giveUp({workflowId}: Replayable): Promise<never> {
  await delay(patience, undefined, {ref: false});
  throw new CommandError(`The history of ${workflowId} cannot be replayed: it is damaged.`);
}
