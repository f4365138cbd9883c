import type {HistoryEvent} from '../history/event.ts';
import type {Execution} from './history-pages.ts';

/** The run that an event says has started: a child, or the next one of the same workflow, whatever it goes on after. */
export function startedBy({eventType, attributes, workflowId}: HistoryEvent): Execution | undefined {
  if (eventType === 'ChildWorkflowExecutionStarted') {
    return attributes.workflowExecution as unknown as Execution;
  }
  const runId = attributes.newExecutionRunId;
  return typeof runId === 'string' && runId !== '' && eventType !== 'WorkflowExecutionStarted'
    ? {workflowId, runId}
    : undefined;
}
