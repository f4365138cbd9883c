import {startRun} from '../run/lifecycle.ts';
import type {Child} from '../run/pending.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {executionOf} from '../run/run-state.ts';
import {WorkflowIdConflictPolicy} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import type {EventAttributes} from '../wire/proto.ts';
import {decideStart} from './start-policy.ts';
import {firstRunAttributes} from './started-attributes.ts';
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
    started: attributesOfChild(parent, child, transaction.now),
    heldByParent: true,
  };
  return transaction.open(start, startRun);
}

function attributesOfChild(
  parent: RunDraft,
  child: Readonly<Child>,
  now: number,
): EventAttributes<'workflowExecutionStarted'> {
  const {attributes} = child;
  return {
    ...firstRunAttributes(attributes, child.runId, now),
    parentWorkflowNamespace: parent.namespace.name,
    parentWorkflowNamespaceId: parent.namespace.id,
    parentWorkflowExecution: executionOf(parent),
    parentInitiatedEventId: int64(child.initiatedEventId),
    rootWorkflowExecution: parent.started.rootWorkflowExecution ?? executionOf(parent),
    taskQueue: attributes.taskQueue ?? null,
    workflowRunTimeout: attributes.workflowRunTimeout ?? null,
    workflowTaskTimeout: attributes.workflowTaskTimeout ?? null,
    retryPolicy: attributes.retryPolicy ?? null,
    cronSchedule: attributes.cronSchedule ?? '',
    firstWorkflowTaskBackoff: {},
  };
}
