import proto from '@temporalio/proto';
import {activityStarted, type ServerUnderTest, settled, taskQueue} from '../environment.ts';
import {namespace, type RequestCase} from './request-case.ts';

const {HistoryEventFilterType} = proto.temporal.api.enums.v1;
const {DescribeWorkflowExecutionResponse, GetWorkflowExecutionHistoryResponse} =
  proto.temporal.api.workflowservice.v1;

/** What describe, the history's filters and the lists tell. */
export const viewCases: readonly RequestCase[] = [
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

type Client = ServerUnderTest['client'];

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
