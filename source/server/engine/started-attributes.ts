import {milliseconds, timestamp} from '../wire/numbers.ts';
import type {EventAttributes} from '../wire/proto.ts';

type Started = EventAttributes<'workflowExecutionStarted'>;

/** What a start asks for, whoever asks. */
type Asked = Pick<
  Started,
  | 'workflowType'
  | 'input'
  | 'header'
  | 'workflowExecutionTimeout'
  | 'memo'
  | 'searchAttributes'
  | 'workflowId'
  | 'priority'
>;

/**
 * @param begins when its first workflow task may begin, milliseconds since the epoch
 * @returns what the first event of a workflow's first run says, whether a client or a parent starts it
 */
export function firstRunAttributes(asked: Asked, runId: string, begins: number): Started {
  const executionTimeout = milliseconds(asked.workflowExecutionTimeout);
  return {
    workflowType: asked.workflowType ?? null,
    input: asked.input ?? null,
    header: asked.header ?? null,
    workflowExecutionTimeout: asked.workflowExecutionTimeout ?? null,
    workflowExecutionExpirationTime: executionTimeout ? timestamp(begins + executionTimeout) : null,
    originalExecutionRunId: runId,
    firstExecutionRunId: runId,
    attempt: 1,
    memo: asked.memo ?? null,
    searchAttributes: asked.searchAttributes ?? null,
    workflowId: asked.workflowId ?? '',
    priority: asked.priority ?? null,
  };
}
