import {startRun} from '../run/lifecycle.ts';
import type {Child} from '../run/pending.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {executionOf} from '../run/run-state.ts';
import {WorkflowIdConflictPolicy} from '../wire/enums.ts';
import {int64, milliseconds, timestamp} from '../wire/numbers.ts';
import type {EventAttributes} from '../wire/proto.ts';
import {decideStart} from './start-policy.ts';
import type {Transaction} from './transaction.ts';

/**
 * Starts a child's first run; its first workflow task is held until the parent knows of it.
 *
 * @returns the run, or undefined where the workflow id is taken
 */
export function startChildRun(
  transaction: Transaction,
  parent: RunDraft,
  child: Readonly<Child>,
): RunDraft | undefined {
  const {namespace, workflowId, workflowIdReusePolicy} = child.attributes;
  const current = transaction.find(namespace ?? '', workflowId ?? '', '');
  const verdict = decideStart(
    current,
    workflowIdReusePolicy ?? 0,
    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL,
  );
  if (verdict !== 'start') return undefined;
  const start = {
    namespace: parent.namespace,
    workflowId: workflowId ?? '',
    runId: child.runId,
    requestId: `${parent.runId}:${child.initiatedEventId}`,
    userMetadata: child.userMetadata,
    started: startedAttributes(parent, child, transaction.now),
    heldByParent: true,
  };
  return transaction.open(start, startRun);
}

function startedAttributes(
  parent: RunDraft,
  child: Readonly<Child>,
  now: number,
): EventAttributes<'workflowExecutionStarted'> {
  const {attributes} = child;
  const executionTimeout = milliseconds(attributes.workflowExecutionTimeout);
  return {
    workflowType: attributes.workflowType ?? null,
    parentWorkflowNamespace: parent.namespace.name,
    parentWorkflowNamespaceId: parent.namespace.id,
    parentWorkflowExecution: executionOf(parent),
    parentInitiatedEventId: int64(child.initiatedEventId),
    rootWorkflowExecution: parent.started.rootWorkflowExecution ?? executionOf(parent),
    taskQueue: attributes.taskQueue ?? null,
    input: attributes.input ?? null,
    workflowExecutionTimeout: attributes.workflowExecutionTimeout ?? null,
    workflowRunTimeout: attributes.workflowRunTimeout ?? null,
    workflowTaskTimeout: attributes.workflowTaskTimeout ?? null,
    workflowExecutionExpirationTime: executionTimeout ? timestamp(now + executionTimeout) : null,
    originalExecutionRunId: child.runId,
    firstExecutionRunId: child.runId,
    retryPolicy: attributes.retryPolicy ?? null,
    attempt: 1,
    cronSchedule: attributes.cronSchedule ?? '',
    firstWorkflowTaskBackoff: {},
    memo: attributes.memo ?? null,
    searchAttributes: attributes.searchAttributes ?? null,
    header: attributes.header ?? null,
    workflowId: attributes.workflowId ?? '',
    priority: attributes.priority ?? null,
  };
}
