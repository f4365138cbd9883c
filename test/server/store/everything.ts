import {setTimeout as sleep} from 'node:timers/promises';
import type {Client, WorkflowHandle} from '@temporalio/client';
import {taskQueue} from '../environment.ts';

const once = ['a', 'attempt', 'went on', 'c', 'CancelledFailure', 'from the parent', 'Ada 5'];

/** What `everything` returns after two runs of its chain. */
export const everythingTwice = [...once, ...once];

/**
 * Runs `everything` as a chain of two runs, with a signal and an update from outside in each, whatever happens to the
 * server meanwhile.
 *
 * @returns its result and the histories of both runs
 */
export async function playEverything(client: Client, workflowId: string) {
  const {workflow} = client;
  const options = {
    workflowId,
    taskQueue,
    args: [1],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: '2s',
  } as const;
  const first = await retrying(() => workflow.start('everything', options));
  await reach(workflow.getHandle(workflowId, first.firstExecutionRunId), `${workflowId}-1`);
  const second = await nextRun(client, workflowId, first.firstExecutionRunId);
  await reach(workflow.getHandle(workflowId, second), `${workflowId}-2`);
  const result = await retrying(() => workflow.getHandle(workflowId, second).result());
  const histories = [first.firstExecutionRunId, second].map((runId) =>
    retrying(() => workflow.getHandle(workflowId, runId).fetchHistory()),
  );
  return {result, histories: await Promise.all(histories)};
}

async function reach(handle: WorkflowHandle, updateId: string): Promise<void> {
  await retrying(async () => {
    // A signal has no id that a caller can choose twice, so it is sent only where it has not arrived.
    if (((await handle.query('state')) as string[]).length === 0) await handle.signal('name', 'Ada');
  });
  await retrying(() => handle.executeUpdate('add', {updateId, args: [5]}));
}

async function nextRun(client: Client, workflowId: string, runId: string): Promise<string> {
  for (;;) {
    const described = await retrying(() => client.workflow.getHandle(workflowId).describe());
    if (described.runId !== runId) return described.runId;
    await sleep(10);
  }
}

/** Calls until the server answers: it may be gone for a while, and so may the worker that a query asks. */
export async function retrying<Result>(call: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(50);
    }
  }
}

function isPassing(error: unknown): boolean {
  const words = `${error} ${(error as Error).cause}`;
  return /UNAVAILABLE|DEADLINE_EXCEEDED|CANCELLED|ECONN|not ready|closing|query timed out|14|dropped/i.test(
    words,
  );
}
