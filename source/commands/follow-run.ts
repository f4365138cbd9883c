import {parseSubagentWorkflowId, rootWorkflowId} from '../../workflows/protocol/identity.ts';
import type {StreamedText} from '../../workflows/protocol/model-step.ts';
import {CommandError} from '../command-line/usage-error.ts';
import type {HistoryEvent} from '../history/event.ts';
import {emptyForest, foldEvents} from '../history/fold.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {Interruption} from '../scenarios/scenario.ts';
import type {RunReference, RunResult, SessionUpdate} from '../session/session.ts';
import type {Runtime} from './runtime.ts';

/** A run that is over, with everything that its histories tell. */
export interface FinishedRun {
  workflowId: string;
  result: RunResult;
  forest: RunForest;
}

/** What is told while a run goes on. */
export interface RunListener {
  started?(run: RunReference): void;
  event?(event: HistoryEvent, forest: RunForest): void;
  /** A model step in flight has said more; `step` tells the steps apart. */
  text?(step: string, streamed: StreamedText): void;
  /** The server is away, or back. */
  outage?(words: string): void;
  /** No worker polls the queue that the run waits in; said once. */
  unpolled?(words: string): void;
}

/**
 * Follows a run, with all its subagents, until it is over.
 *
 * @param begin starts it or finds it
 * @param interruption what is done to it from outside
 * @throws CommandError where it cannot be followed or its worker dies
 */
export async function followRun(
  runtime: Runtime,
  begin: () => Promise<RunReference>,
  listener: RunListener = {},
  interruption?: Interruption,
): Promise<FinishedRun> {
  let forest = emptyForest;
  const closed = Promise.withResolvers<RunResult>();
  const tellQueue = onceEach(listener.unpolled);
  const interrupt = interruption && interruptOnce(interruption, runtime, closed.reject);
  const unsubscribe = runtime.session.subscribe((update) => {
    if (update.type === 'events') {
      forest = foldEvents(forest, update.events);
      for (const event of update.events) listener.event?.(event, forest);
    } else if (update.type === 'pending') tellTexts(update, listener);
    else if (update.type === 'connection') listener.outage?.(update.message);
    else if (update.type === 'queue' && update.state === 'unpolled') tellQueue(update.message);
    else if (update.type === 'closed') closed.resolve(update.result);
    else if (update.type === 'unfollowable' && parseSubagentWorkflowId(update.workflowId) === undefined)
      closed.reject(new CommandError(update.message));
    interrupt?.(update);
  });
  try {
    const run = await begin();
    listener.started?.(run);
    const result = await Promise.race([closed.promise, runtime.workerFailed]);
    return {workflowId: run.workflowId, result, forest};
  } finally {
    unsubscribe();
  }
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

/** Does what a scenario does to its run from outside, once, as soon as its activity is running. */
function interruptOnce(
  {action, once}: Interruption,
  runtime: Runtime,
  fail: (error: unknown) => void,
): (update: SessionUpdate) => void {
  let done = false;
  return (update) => {
    if (done || update.type !== 'pending') return;
    const root = rootWorkflowId(update.workflowId);
    const isRunning = update.pending.some(
      ({activityId, state}) => activityId === once.activityId && state === 'started',
    );
    if (!isRunning || update.workflowId !== root + once.workflow) return;
    done = true;
    (action === 'cancel' ? runtime.session.cancel(root) : replaceWorker(runtime)).catch(fail);
  };
}

async function replaceWorker(runtime: Runtime): Promise<void> {
  runtime.workers().at(-1)?.kill();
  await runtime.startWorker();
}
