import {status} from '@grpc/grpc-js';

// What a told server may say.

export const notFound = {code: status.NOT_FOUND, details: 'workflow execution not found'};
export const forbidden = {code: status.PERMISSION_DENIED, details: 'not yours'};

/** A run as a server describes it. */
export const described = (runId: string, firstRunId: string, state = 1) => ({
  executionConfig: {taskQueue: {name: 'its queue'}},
  workflowExecutionInfo: {
    execution: {workflowId: 'w', runId},
    firstRunId,
    type: {name: 'durableAgent'},
    startTime: {},
    status: state,
    taskQueue: 'its queue',
  },
});
export const started = (continuedExecutionRunId = '') => ({
  eventId: 1,
  eventType: 1,
  workflowExecutionStartedEventAttributes: {continuedExecutionRunId},
});
export const continued = (newExecutionRunId: string) => ({
  eventId: 2,
  eventType: 28,
  workflowExecutionContinuedAsNewEventAttributes: {newExecutionRunId},
});
export const asPayload = (value: unknown) => ({
  metadata: {encoding: Buffer.from('json/plain')},
  data: Buffer.from(JSON.stringify(value)),
});
export const completed = (answer: string) => ({
  eventId: 2,
  eventType: 2,
  workflowExecutionCompletedEventAttributes: {result: {payloads: [asPayload({answer})]}},
});
export const terminated = {
  eventId: 2,
  eventType: 27,
  workflowExecutionTerminatedEventAttributes: {reason: 'reset'},
};
