import {settled} from './environment.ts';
import type {Case} from './workflow-cases.ts';

/** Workflows whose policies, limits and request ids decide what becomes of them. */
export const policyCases: readonly Case[] = [
  {
    name: 'timeouts that must not be tried again',
    workflow: 'timeoutsForGood',
    outcome: ['NON_RETRYABLE_FAILURE', 'NON_RETRYABLE_FAILURE', 'MAXIMUM_ATTEMPTS_REACHED'],
  },
  {
    name: 'a failure that a retry policy excludes',
    workflow: 'failsThenWorks',
    outcome: 'once more',
    options: {retry: {initialInterval: '10ms', nonRetryableErrorTypes: ['Transient']}},
  },
  {
    name: 'a workflow that has used up its attempts',
    workflow: 'failsThenWorks',
    outcome: 'once more',
    options: {retry: {initialInterval: '10ms', maximumAttempts: 1}},
  },
  {
    name: 'a run that times out and is tried again',
    workflow: 'untilCanceled',
    outcome: 'Workflow execution timed out',
    options: {workflowRunTimeout: '4s', retry: {initialInterval: '10ms', maximumAttempts: 2}},
  },
  {
    name: 'a run that may take longer than its workflow',
    workflow: 'sequence',
    args: [1],
    outcome: ['0'],
    options: {workflowExecutionTimeout: '1h', workflowRunTimeout: '2h'},
  },
  {
    name: 'a workflow task that may take longer than its run',
    workflow: 'sequence',
    args: [1],
    outcome: ['0'],
    options: {workflowRunTimeout: '50s', workflowTaskTimeout: '2m'},
  },
  {
    name: 'a workflow task that may take too long',
    workflow: 'sequence',
    args: [1],
    outcome: ['0'],
    options: {workflowTaskTimeout: '5m'},
  },
  {
    name: 'continuing as new within a time',
    workflow: 'continues',
    args: [1],
    outcome: 'done',
    options: {workflowExecutionTimeout: '1h', workflowRunTimeout: '30m', memo: {kept: true}},
  },
  {
    name: 'the same signal twice',
    workflow: 'signaled',
    args: [3],
    outcome: ['first', 'second', 'first'],
    async act(handle, {client}) {
      await settled(handle);
      for (const [text, requestId] of [
        ['first', 'one'],
        ['first', 'one'],
        ['second', 'two'],
        ['first', 'three'],
      ] as const) {
        await client.workflowService.signalWorkflowExecution({
          namespace: 'default',
          workflowExecution: {workflowId: handle.workflowId},
          signalName: 'name',
          input: {
            payloads: [{metadata: {encoding: Buffer.from('json/plain')}, data: Buffer.from(`"${text}"`)}],
          },
          requestId,
        });
        await settled(handle);
      }
    },
  },
  {
    name: 'canceling twice',
    workflow: 'outlivesCancellation',
    outcome: 'named',
    async act(handle) {
      await settled(handle);
      await handle.cancel();
      await settled(handle);
      await handle.cancel();
      await settled(handle);
      await handle.signal('name', 'enough');
    },
  },
];
