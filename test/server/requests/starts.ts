import {randomUUID} from 'node:crypto';
import proto from '@temporalio/proto';
import {taskQueue} from '../environment.ts';
import {namespace, type RequestCase} from './request-case.ts';

const {WorkflowIdReusePolicy, WorkflowIdConflictPolicy} = proto.temporal.api.enums.v1;

function startRequest(workflowId: string, rest: object = {}) {
  return {
    namespace,
    workflowId,
    requestId: randomUUID(),
    workflowType: {name: 'untilCanceled'},
    taskQueue: {name: taskQueue},
    identity: 'tester',
    ...rest,
  };
}

/** Starting a workflow whose id is taken, or was. */
export const startCases: readonly RequestCase[] = [
  {
    name: 'starting an id that is taken',
    async ask({client}, id) {
      await client.workflowService.startWorkflowExecution(startRequest(id));
      return client.workflowService.startWorkflowExecution(startRequest(id));
    },
  },
  {
    name: 'sending the same start request twice',
    async ask({client}, id) {
      const request = startRequest(id);
      const first = await client.workflowService.startWorkflowExecution(request);
      const second = await client.workflowService.startWorkflowExecution(request);
      return {same: first.runId === second.runId, started: second.started};
    },
  },
  {
    name: 'using the run that is there',
    async ask({client}, id) {
      const workflowIdConflictPolicy = WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING;
      const first = await client.workflowService.startWorkflowExecution(startRequest(id));
      const second = await client.workflowService.startWorkflowExecution(
        startRequest(id, {workflowIdConflictPolicy}),
      );
      return {same: first.runId === second.runId, started: second.started, status: second.status};
    },
  },
  {
    name: 'replacing the run that is there',
    async ask({client}, id) {
      const workflowIdConflictPolicy =
        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING;
      const first = await client.workflowService.startWorkflowExecution(startRequest(id));
      await client.workflowService.startWorkflowExecution(startRequest(id, {workflowIdConflictPolicy}));
      const old = await client.workflow.getHandle(id, first.runId).fetchHistory();
      return old.events?.at(-1)?.workflowExecutionTerminatedEventAttributes?.reason;
    },
  },
  {
    name: 'rejecting an id that was used',
    async ask({client}, id) {
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [0]});
      const workflowIdReusePolicy = WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE;
      return client.workflowService.startWorkflowExecution(startRequest(id, {workflowIdReusePolicy}));
    },
  },
  {
    name: 'allowing an id again only after a failure',
    async ask({client}, id) {
      const workflowIdReusePolicy =
        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY;
      await client.workflow.execute('failsItself', {taskQueue, workflowId: id}).catch(() => undefined);
      const allowed = await client.workflowService.startWorkflowExecution(
        startRequest(id, {workflowIdReusePolicy}),
      );
      await client.workflow.getHandle(id).terminate();
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [0]});
      const refused = client.workflowService.startWorkflowExecution(
        startRequest(id, {workflowIdReusePolicy}),
      );
      return {started: allowed.started, refused: await refused.catch((error: {code: number}) => error.code)};
    },
  },
  {
    name: 'starting without an id',
    ask: ({client}) => client.workflowService.startWorkflowExecution(startRequest('')),
  },
  {
    name: 'starting without a type',
    ask: ({client}, id) =>
      client.workflowService.startWorkflowExecution(startRequest(id, {workflowType: null})),
  },
  {
    name: 'starting in a namespace that does not exist',
    ask: ({client}, id) =>
      client.workflowService.startWorkflowExecution(startRequest(id, {namespace: 'nowhere'})),
  },
];
