import {Worker} from '@temporalio/worker';

/** A history as Temporal's JSON or as the SDK has it; its events are numbered from 1 without a gap. */
export interface Replayable {
  workflowId: string;
  history: {events: readonly object[]};
}

/** Replays histories, one at a time, by one worker. */
export interface Replayer {
  /**
   * @returns how the code differs from the history; undefined where it does not
   * @throws where the history is none, and whenever it is asked after that
   */
  replay(replayable: Replayable): Promise<Error | undefined>;
  /** Waits for the replays in hand. */
  close(): Promise<void>;
}

/**
 * Opens what replays histories. The SDK ends its runtime with the last worker of a process, under the hands of another
 * that is being made: so one worker replays everything.
 *
 * @param codePath of the bundle of workflow code
 */
export function openReplayer(codePath: string): Replayer {
  let current: Replayable | undefined;
  async function* histories() {
    while (current) yield current;
  }
  const results = Worker.runReplayHistories({workflowBundle: {codePath}, reuseV8Context: true}, histories());
  let last: Promise<unknown> = Promise.resolve();
  const replay = async (replayable: Replayable) => {
    current = replayable;
    const {done, value} = await results.next();
    if (done) throw new Error(`The history of ${replayable.workflowId} cannot be replayed.`);
    return value.error as Error | undefined;
  };
  return {
    replay(replayable) {
      const replayed = last.then(() => replay(replayable));
      last = replayed.catch(() => undefined);
      return replayed;
    },
    async close() {
      await last;
      await results.return?.();
    },
  };
}
