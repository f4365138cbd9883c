import type {WorkflowHandle} from '@temporalio/client';
import {expect} from 'vitest';
import {activityStarted, busyQueue, settled} from './environment.ts';
import type {Case} from './workflow-cases.ts';

/** Workflows that fail, time out, are pushed while they work, or ask for too much. */
export const disturbedCases: readonly Case[] = [
  {
    name: 'a signal while a task works that closes the workflow',
    workflow: 'busyThenDone',
    options: {taskQueue: busyQueue},
    outcome: ['hurry'],
    async act(handle) {
      await working(handle);
      await handle.signal('name', 'hurry');
    },
  },
  {
    name: 'a signal while a task works that does not',
    workflow: 'busyThenWaits',
    options: {taskQueue: busyQueue},
    outcome: ['meanwhile', 'Ada'],
    async act(handle) {
      await working(handle);
      await handle.signal('name', 'Ada');
    },
  },
  {
    name: 'an activity that ends before a signal while a task works',
    workflow: 'hearsWhileBusy',
    outcome: ['work', 'Ada', 'from outside'],
    options: {taskQueue: busyQueue},
    async act(handle, {client}) {
      await activityStarted(handle);
      await settled(handle);
      await handle.signal('name', 'work');
      await working(handle);
      await client.activity.complete({workflowId: handle.workflowId, activityId: '1'}, 'from outside');
      await handle.signal('name', 'Ada');
    },
  },
  {
    name: 'a child that ends before a signal while a task works',
    workflow: 'hearsOfChildWhileBusy',
    outcome: ['work', 'Ada', 'Grace'],
    options: {taskQueue: busyQueue},
    others: ['$/c1'],
    async act(handle, {client}) {
      await settled(handle);
      const child = client.workflow.getHandle(`${handle.workflowId}/c1`);
      await until(() => child.describe().catch(() => undefined));
      await settled(handle);
      await handle.signal('name', 'work');
      await working(handle);
      await child.signal('name', 'Grace');
      await child.result();
      await handle.signal('name', 'Ada');
    },
  },
  {
    name: 'terminating a workflow while a task works',
    workflow: 'busyThenWaits',
    options: {taskQueue: busyQueue},
    outcome: 'now',
    async act(handle) {
      await working(handle);
      await handle.terminate('now');
    },
  },
  {
    name: 'a workflow task that fails and recovers',
    workflow: 'fallsOver',
    outcome: 'recovered',
  },
  {
    name: 'a workflow that times out',
    workflow: 'untilCanceled',
    outcome: 'Workflow execution timed out',
    options: {workflowExecutionTimeout: '4s'},
  },
  {
    name: 'a run that times out',
    workflow: 'untilCanceled',
    outcome: 'Workflow execution timed out',
    options: {workflowRunTimeout: '4s', workflowExecutionTimeout: '1m'},
  },
  {
    name: 'a workflow with a retry policy',
    workflow: 'failsThenWorks',
    outcome: 2,
    options: {retry: {initialInterval: '10ms', maximumAttempts: 3}},
  },
  {name: 'a delayed start', workflow: 'sequence', args: [1], outcome: ['0'], options: {startDelay: '1s'}},
  {
    name: 'memo, summary and search attributes',
    workflow: 'sequence',
    args: [1],
    outcome: ['0'],
    options: {
      memo: {why: 'to see'},
      staticSummary: 'a summary',
      staticDetails: 'details',
      priority: {priorityKey: 2},
    },
  },
  {
    name: 'an update that is refused while a signal comes',
    workflow: 'updated',
    outcome: 12,
    async act(handle) {
      await settled(handle);
      const refused = handle
        .executeUpdate('add', {args: [-1], updateId: 'refused'})
        .catch((error: Error) => error.name);
      expect(await refused).toBe('WorkflowUpdateFailedError');
      await handle.signal('unknown');
      await settled(handle);
      expect(await handle.executeUpdate('add', {args: [12], updateId: 'accepted'})).toBe(12);
    },
  },
  {
    name: 'an update that the workflow does not outlive',
    workflow: 'closesWithUpdate',
    outcome: 'done',
    async act(handle) {
      await settled(handle);
      const update = handle.executeUpdate('add', {args: [1], updateId: 'late'});
      const failure = await update.catch((error: Error) => (error.cause as Error).message);
      expect(failure).toContain('completed before the Update completed');
    },
  },
  {
    name: 'more activities than may be pending',
    workflow: 'parallel',
    args: [2001],
    outcome: 'too many',
    async act(handle) {
      await failed(handle);
      await handle.terminate('too many');
    },
  },
  {name: 'going on from a heartbeat', workflow: 'resumesFromHeartbeat', outcome: 'went on at 7'},
  {
    name: 'completing an activity from outside',
    workflow: 'completedFromOutside',
    outcome: 'from outside',
    async act(handle, {client}) {
      await activityStarted(handle);
      const activity = {workflowId: handle.workflowId, activityId: '1'};
      await client.activity.heartbeat(activity, 'soon');
      await client.activity.complete(activity, 'from outside');
    },
  },
  {
    name: 'an argument that is too large',
    workflow: 'largeArgument',
    outcome: expect.stringContaining('exceeds'),
  },
  {
    name: 'a result that is too large',
    workflow: 'largeResult',
    outcome: expect.stringContaining('exceeds size limit'),
  },
  {
    name: 'two activities with one id',
    workflow: 'twiceTheSameId',
    outcome: 'stuck',
    async act(handle) {
      await failed(handle);
      await handle.terminate('stuck');
    },
  },
];

async function working(handle: WorkflowHandle): Promise<void> {
  await until(async () => (await handle.describe()).raw.pendingWorkflowTask?.startedTime);
}

async function failed(handle: WorkflowHandle): Promise<void> {
  await until(async () => {
    const {events} = await handle.fetchHistory();
    return events?.some((event) => event.workflowTaskFailedEventAttributes);
  });
}

async function until(isReached: () => Promise<unknown>): Promise<void> {
  while (!(await isReached())) await new Promise((resolve) => setTimeout(resolve, 10));
}
