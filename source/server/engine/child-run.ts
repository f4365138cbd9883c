import {startRun} from '../run/lifecycle.ts';
import type {Child} from '../run/pending.ts';
import {executionOf, type Run} from '../run/run.ts';
import {WorkflowIdConflictPolicy} from '../wire/enums.ts';
import {int64, milliseconds, timestamp} from '../wire/numbers.ts';
import type {EventAttributes} from '../wire/proto.ts';
import type {Engine} from './engine.ts';
import {decideStart} from './start-policy.ts';

/**
 * Starts a child's first run; its first workflow task is held until the parent knows of it.
 *
 * @returns the run, or undefined where the workflow id is taken
 */
export function startChildRun(engine: Engine, parent: Run, child: Child): Run | undefined {
  const {namespace, workflowId, workflowIdReusePolicy} = child.attributes;
  const current = engine.executions.find(namespace ?? '', workflowId ?? '', '');
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
    started: startedAttributes(parent, child, engine.clock.now()),
    heldByParent: true,
  };
  return engine.open(start, startRun);
}

function startedAttributes(
  parent: Run,
  child: Child,
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
