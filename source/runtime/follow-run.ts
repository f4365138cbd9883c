import {parseSubagentWorkflowId} from '../../workflows/protocol/identity.ts';
import type {StreamedText} from '../../workflows/protocol/model-step.ts';
import {CommandError} from '../errors.ts';
import type {HistoryEvent} from '../history/event.ts';
import {emptyForest, foldEvents} from '../history/fold.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {RunReference, RunResult, SessionUpdate} from '../session/session.ts';
import type {Runtime} from './open-runtime.ts';
import {WaitWatch} from './wait-watch.ts';

/** A run that is over, with everything that its histories tell. */
export interface FinishedRun {
  workflowId: string;
  result: RunResult;
  forest: RunForest;
}

/** Whether a run has completed and its answer can be read. */
export function isAnswered({status, error}: RunResult): boolean {
  return status === 'completed' && error === undefined;
}

/** What is told while a run goes on. */
export interface RunListener {
  started?(run: RunReference): void;
  event?(event: HistoryEvent, forest: RunForest): void;
  /** A model step in flight has said more; `step` tells the steps apart. */
  text?(step: string, streamed: StreamedText): void;
  /** The server is away, or back. */
  outage?(words: string): void;
  /** An attempt of a step has failed, or one takes long. */
  wait?(words: string): void;
  /** No worker polls the queue that the run waits in; said once. */
  unpolled?(words: string): void;
}

/**
 * Follows a run, with all its subagents, until it is over.
 *
 * @param begin starts it or finds it
 * @throws CommandError where it cannot be followed or its worker dies
 */
export async function followRun(
  runtime: Runtime,
  begin: () => Promise<RunReference>,
  listener: RunListener = {},
): Promise<FinishedRun> {
  let forest = emptyForest;
  const closed = Promise.withResolvers<RunResult>();
  const tellQueue = onceEach(listener.unpolled);
  const waits = listener.wait && new WaitWatch(listener.wait);
  const unsubscribe = runtime.session.subscribe((update) => {
    waits?.observe(update);
    if (update.type === 'events') {
      forest = foldEvents(forest, update.events);
      for (const event of update.events) listener.event?.(event, forest);
    } else if (update.type === 'pending') tellTexts(update, listener);
    else if (update.type === 'connection') listener.outage?.(update.message);
    else if (update.type === 'queue' && update.state === 'unpolled') tellQueue(update.message);
    else if (update.type === 'closed') closed.resolve(update.result);
    else if (update.type === 'unfollowable' && parseSubagentWorkflowId(update.workflowId) === undefined)
      closed.reject(new CommandError(update.message));
  });
  try {
    const run = await begin();
    listener.started?.(run);
    const given = runtime.workerFailed.catch((error: unknown) => {
      throw new CommandError(`${(error as Error).message} ${fateOf(run, runtime)}`, {cause: error});
    });
    const result = await Promise.race([closed.promise, given]);
    return {workflowId: run.workflowId, result, forest};
  } finally {
    unsubscribe();
    waits?.close();
  }
}

/** What becomes of a run whose server or last worker has ended. */
function fateOf({workflowId}: RunReference, {choice}: Runtime): string {
  return choice.kind === 'existing'
    ? `${workflowId} goes on once it has a worker: durable-tui attach ${workflowId}`
    : `${workflowId} is lost: its server kept it in memory only, and ends with this command.`;
}

/** A run and its subagents wait in the same queue. */
function onceEach(tell: ((words: string) => void) | undefined): (words: string) => void {
  const told = new Set<string>();
  return (words) => {
    if (!told.has(words)) tell?.(words);
    told.add(words);
  };
}

function tellTexts({workflowId, pending}: SessionUpdate & {type: 'pending'}, listener: RunListener): void {
  for (const {activityId, streamedText} of pending) {
    if (streamedText) listener.text?.(`${workflowId} ${activityId}`, streamedText);
  }
}
