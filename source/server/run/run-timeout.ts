import {milliseconds} from '../wire/numbers.ts';
import type {Duration} from '../wire/proto.ts';

/** @returns how long a run may take by what its start asks for, in milliseconds; 0 where it may take for ever */
export function runTimeoutOf(asked: {
  workflowExecutionTimeout?: Duration | null;
  workflowRunTimeout?: Duration | null;
}): number {
  const executionTimeout = milliseconds(asked.workflowExecutionTimeout);
  const runTimeout = milliseconds(asked.workflowRunTimeout) || executionTimeout;
  return executionTimeout ? Math.min(runTimeout, executionTimeout) : runTimeout;
}
