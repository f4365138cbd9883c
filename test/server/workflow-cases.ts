import type {WorkflowHandle, WorkflowStartOptions} from '@temporalio/client';
import {expect} from 'vitest';
import {type ServerUnderTest, settled, taskQueue} from './environment.ts';

/** A workflow that both servers shall write the same history of. */
export interface Case {
  readonly name: string;
  readonly workflow: string;
  readonly args?: unknown[];
  readonly concurrent?: boolean;
  /** What the workflow returns, or the message of its failure. */
  readonly outcome: unknown;
  /** What is done before it starts. */
  prepare?(server: ServerUnderTest): Promise<void>;
  /** What is done to it from outside while it runs. */
  act?(handle: WorkflowHandle, server: ServerUnderTest): Promise<void>;
  /** How it is started, where not plainly. */
  readonly options?: Partial<WorkflowStartOptions>;
  /** Further workflows whose histories are compared once they are closed; `$` stands for the workflow's own id. */
  readonly others?: readonly string[];
  /** The same for workflows that stay open. */
  readonly stayOpen?: readonly string[];
}

/** Workflows as people write them. */
export const cases: readonly Case[] = [
  {name: 'activities one after another', workflow: 'sequence', args: [3], outcome: ['0', '1', '2']},
  {
    name: 'activities at once',
    workflow: 'parallel',
    args: [4],
    outcome: ['0', '1', '2', '3'],
    concurrent: true,
  },
  {name: 'an activity that works the third time', workflow: 'retries', outcome: 'attempt 3'},
  {
    name: 'activities that fail',
    workflow: 'failures',
    outcome: ['Activity task failed: never works', 'Activity task failed: must not be tried again'],
  },
  {name: 'a workflow that fails', workflow: 'failsItself', outcome: 'it cannot work'},
  {name: 'timers that fire and are canceled', workflow: 'timers', outcome: undefined},
  {
    name: 'the timeouts of activities',
    workflow: 'timeouts',
    outcome: [
      'activity StartToClose timeout',
      'activity StartToClose timeout',
      'activity ScheduleToClose timeout',
      'activity Heartbeat timeout',
      'activity ScheduleToStart timeout',
    ],
  },
  {name: 'canceling a running activity', workflow: 'cancelActivity', outcome: 'ActivityFailure'},
  {
    name: 'canceling an activity that waits for its retry',
    workflow: 'cancelInBackoff',
    outcome: 'ActivityFailure',
  },
  {
    name: 'canceling a workflow',
    workflow: 'untilCanceled',
    outcome: 'Workflow canceled',
    async act(handle) {
      await settled(handle);
      await handle.cancel();
    },
  },
  {
    name: 'terminating a workflow',
    workflow: 'untilCanceled',
    outcome: 'enough',
    async act(handle) {
      await settled(handle);
      await handle.terminate('enough');
    },
  },
  {
    name: 'signals and a query',
    workflow: 'signaled',
    args: [2],
    outcome: ['Ada', 'Grace'],
    async act(handle) {
      await settled(handle);
      await handle.signal('name', 'Ada');
      await settled(handle);
      expect(await handle.query('state')).toEqual(['Ada']);
      await expect(handle.query('unknown')).rejects.toThrow('unknown');
      await handle.signal('name', 'Grace');
    },
  },
  {
    name: 'updates',
    workflow: 'updated',
    outcome: 11,
    async act(handle) {
      await settled(handle);
      expect(await handle.executeUpdate('add', {args: [4], updateId: 'first'})).toBe(4);
      await expect(handle.executeUpdate('add', {args: [-1], updateId: 'second'})).rejects.toThrow();
      expect(await handle.executeUpdate('add', {args: [4], updateId: 'first'})).toBe(4);
      expect(await handle.executeUpdate('add', {args: [7], updateId: 'third'})).toBe(11);
    },
  },
  {name: 'a child', workflow: 'parent', outcome: 'from the child', others: ['$/c1'], concurrent: true},
  {
    name: 'a child of a child',
    workflow: 'grandparent',
    outcome: 'from the child',
    others: ['$/p1', '$/p1/c1'],
    concurrent: true,
  },
  {
    name: 'children at once',
    workflow: 'parents',
    args: [4],
    outcome: ['c0', 'c1', 'c2', 'c3'],
    others: ['$/c0', '$/c3'],
    concurrent: true,
  },
  {
    name: 'a child that fails',
    workflow: 'childFailure',
    outcome: 'it cannot work',
    others: ['$/c1'],
    concurrent: true,
  },
  {
    name: 'a child whose id is taken',
    workflow: 'childIdTaken',
    outcome: 'WorkflowExecutionAlreadyStartedError',
    others: ['$/c1'],
    concurrent: true,
  },
  {
    name: 'children of a parent that closes',
    workflow: 'leavesChildren',
    outcome: undefined,
    others: ['$/TERMINATE', '$/REQUEST_CANCEL'],
    stayOpen: ['$/ABANDON'],
    concurrent: true,
    async act(handle, {client}) {
      await handle.result();
      await settled(client.workflow.getHandle(`${handle.workflowId}/ABANDON`));
    },
  },
  {
    name: 'a child that its parent does not wait for',
    workflow: 'startsAndLeaves',
    outcome: undefined,
    async act(handle, {client}) {
      await handle.result();
      const child = client.workflow.getHandle(`${handle.workflowId}/left`);
      await expect(child.describe()).rejects.toThrow('not found');
    },
  },
  {
    name: 'canceling and signaling what is over',
    workflow: 'reachesWhatIsOver',
    outcome: ['canceled', 'ApplicationFailure'],
    concurrent: true,
  },
  {
    name: 'canceling a child',
    workflow: 'cancelsChild',
    outcome: 'CancelledFailure',
    others: ['$/c1'],
    concurrent: true,
  },
  {
    name: 'signaling another workflow',
    workflow: 'signalsOther',
    args: ['the-one-signaled'],
    outcome: 'ApplicationFailure',
    others: ['the-one-signaled'],
    concurrent: true,
    async prepare({client}) {
      const options = {
        taskQueue,
        workflowId: 'the-one-signaled',
        args: [2],
        signal: 'name',
        signalArgs: ['at start'],
      };
      await settled(await client.workflow.signalWithStart('signaled', options));
    },
    async act(_handle, {client}) {
      expect(await client.workflow.getHandle('the-one-signaled').result()).toEqual([
        'at start',
        'from outside',
      ]);
    },
  },
  {name: 'continuing as new', workflow: 'continues', args: [2], outcome: 'done'},
  {name: 'patches and memos', workflow: 'marks', outcome: true},
  {name: 'summaries', workflow: 'summaries', outcome: undefined},
];
