import {randomUUID} from 'node:crypto';
import proto from '@temporalio/proto';
import {activityStarted, type ServerUnderTest, settled, taskQueue} from './environment.ts';

const {workflowservice} = proto.temporal.api;
const {WorkflowIdReusePolicy, WorkflowIdConflictPolicy, HistoryEventFilterType} = proto.temporal.api.enums.v1;
const {DescribeWorkflowExecutionResponse, GetWorkflowExecutionHistoryResponse} = workflowservice.v1;

/** Requests whose answer both servers shall agree on, errors included. */
export interface RequestCase {
  readonly name: string;
  /** @returns plain data; what it throws is compared by gRPC code and message */
  ask(server: ServerUnderTest, workflowId: string): Promise<unknown>;
}

const namespace = 'default';
const missing = {workflowId: 'missing', runId: ''};
const otherRun = '00000000-0000-4000-8000-000000000000';

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
const startCases: readonly RequestCase[] = [
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

/** Asking for, or of, a workflow that is not there or not open. */
const stateCases: readonly RequestCase[] = [
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

/** What describe, the history's filters and the lists tell. */
const viewCases: readonly RequestCase[] = [
  {
    name: 'the event that closed a workflow',
    async ask({client}, id) {
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [0]});
      const response = await client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: {workflowId: id},
        waitNewEvent: true,
        historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
      });
      return response.history?.events?.map((event) => Number(event.eventId));
    },
  },
  {
    name: 'waiting for the event that closes a workflow',
    async ask({client}, id) {
      await settled(await client.workflow.start('untilCanceled', {taskQueue, workflowId: id}));
      const closing = client.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: {workflowId: id},
        waitNewEvent: true,
        historyEventFilterType: HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT,
      });
      await client.workflow.getHandle(id).terminate('seen');
      const {history} = await closing;
      return history?.events?.map((event) => event.workflowExecutionTerminatedEventAttributes?.reason);
    },
  },
  {
    name: 'the history, page by page',
    async ask({client}, id) {
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [2]});
      const pages: number[][] = [];
      let nextPageToken: Uint8Array = new Uint8Array();
      do {
        const request = {namespace, execution: {workflowId: id}, maximumPageSize: 100, nextPageToken};
        const page = await client.workflowService.getWorkflowExecutionHistory(request);
        pages.push(page.history?.events?.map((event) => Number(event.eventId)) ?? []);
        nextPageToken = GetWorkflowExecutionHistoryResponse.create(page).nextPageToken;
      } while (nextPageToken.length > 0);
      return pages.flat();
    },
  },
  {
    name: 'the history in reverse',
    async ask({client}, id) {
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [1]});
      const request = {namespace, execution: {workflowId: id}};
      const page = await client.workflowService.getWorkflowExecutionHistoryReverse(request);
      return page.history?.events?.map((event) => Number(event.eventId));
    },
  },
  {
    name: 'describing a running activity',
    async ask({client}, id) {
      const handle = await client.workflow.start('completedFromOutside', {taskQueue, workflowId: id});
      await activityStarted(handle);
      await client.activity.heartbeat({workflowId: id, activityId: '1'}, {tail: 'so far'});
      return describe(client, id);
    },
  },
  {
    name: 'describing an activity that waits for its retry',
    async ask({client}, id) {
      const handle = await client.workflow.start('cancelInBackoff', {taskQueue, workflowId: id});
      await settled(handle);
      while (!(await handle.describe()).raw.pendingActivities?.[0]?.lastFailure) await settled(handle);
      return describe(client, id);
    },
  },
  {
    name: 'describing a closed workflow',
    async ask({client}, id) {
      const options = {memo: {a: 1}, workflowExecutionTimeout: '1h'} as const;
      await client.workflow.execute('sequence', {taskQueue, workflowId: id, args: [1], ...options});
      return describe(client, id);
    },
  },
];

/** All of them. */
export const requestCases: readonly RequestCase[] = [...startCases, ...stateCases, ...viewCases];

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

async function describe(client: Client, workflowId: string): Promise<unknown> {
  const response = await client.workflowService.describeWorkflowExecution({
    namespace,
    execution: {workflowId},
  });
  return DescribeWorkflowExecutionResponse.toObject(response as never, {
    longs: String,
    enums: String,
    bytes: String,
  });
}
