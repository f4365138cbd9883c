import proto from '@temporalio/proto';
import {type ServerUnderTest, taskQueue} from '../environment.ts';
import {namespace, type RequestCase} from './request-case.ts';

const missing = {workflowId: 'missing', runId: ''};
const otherRun = '00000000-0000-4000-8000-000000000000';

/** Asking for, or of, a workflow that is not there or not open. */
export const stateCases: readonly RequestCase[] = [
  {
    name: 'signaling nobody',
    ask: ({client}) =>
      client.workflowService.signalWorkflowExecution({
        namespace,
        workflowExecution: missing,
        signalName: 'name',
      }),
  },
  {
    name: 'describing nobody',
    ask: ({client}) => client.workflowService.describeWorkflowExecution({namespace, execution: missing}),
  },
  {
    name: 'describing a run that is not there',
    ask: ({client}) =>
      client.workflowService.describeWorkflowExecution({
        namespace,
        execution: {workflowId: 'missing', runId: otherRun},
      }),
  },
  {
    name: 'the history of nobody',
    ask: ({client}) => client.workflowService.getWorkflowExecutionHistory({namespace, execution: missing}),
  },
  {
    name: 'querying nobody',
    ask: ({client}) =>
      client.workflowService.queryWorkflow({namespace, execution: missing, query: {queryType: 'state'}}),
  },
  {
    name: 'a run id that is none',
    ask: ({client}) =>
      client.workflowService.describeWorkflowExecution({
        namespace,
        execution: {workflowId: 'missing', runId: 'none'},
      }),
  },
  {
    name: 'signaling a closed workflow',
    ask: (server, id) => afterwards(server, id, (handle) => handle.signal('name', 'x')),
  },
  {
    name: 'terminating a closed workflow',
    ask: (server, id) => afterwards(server, id, (handle) => handle.terminate()),
  },
  {
    name: 'canceling a closed workflow',
    ask: (server, id) => afterwards(server, id, async (handle) => !(await handle.cancel())),
  },
  {
    name: 'updating a closed workflow',
    ask: (server, id) => afterwards(server, id, (handle) => handle.executeUpdate('add', {args: [1]})),
  },
  {
    name: 'querying a closed workflow',
    async ask({client}, id) {
      const options = {taskQueue, workflowId: id, args: [1], signal: 'name', signalArgs: ['Ada']};
      const handle = await client.workflow.signalWithStart('signaled', options);
      await handle.result();
      return handle.query('state');
    },
  },
  {
    name: 'querying a closed workflow that must be open',
    async ask({client}, id) {
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [0]});
      const execution = {workflowId: id};
      const query = {queryType: 'state'};
      const answer = await client.workflowService.queryWorkflow({
        namespace,
        execution,
        query,
        queryRejectCondition:
          proto.temporal.api.enums.v1.QueryRejectCondition.QUERY_REJECT_CONDITION_NOT_OPEN,
      });
      return answer.queryRejected?.status;
    },
  },
  {
    name: 'a task token that is none',
    ask: ({client}) =>
      client.workflowService.respondActivityTaskCompleted({namespace, taskToken: Buffer.from('nonsense')}),
  },
  {
    name: 'updating and starting at once',
    async ask({client}, id) {
      const {WithStartWorkflowOperation} = await import('@temporalio/client');
      const startWorkflowOperation = new WithStartWorkflowOperation('updated', {
        taskQueue,
        workflowId: id,
        workflowIdConflictPolicy: 'USE_EXISTING',
      });
      return client.workflow.executeUpdateWithStart('add', {args: [12], startWorkflowOperation});
    },
  },
];

type Client = ServerUnderTest['client'];
type Handle = ReturnType<Client['workflow']['getHandle']>;

async function afterwards(
  {client}: ServerUnderTest,
  workflowId: string,
  act: (handle: Handle) => Promise<unknown>,
) {
  await client.workflow.execute('sequence', {taskQueue, workflowId, args: [0]});
  return act(client.workflow.getHandle(workflowId));
}
