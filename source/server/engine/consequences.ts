import type {Consequence} from '../run/change.ts';
import {childClosed, childRefused, childStarted} from '../run/child.ts';
import {externalReached} from '../run/external.ts';
import {
  releaseFirstWorkflowTask,
  requestCancel,
  serverIdentity,
  signalRun,
  startRun,
  terminateRun,
} from '../run/lifecycle.ts';
import type {External} from '../run/pending.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {executionOf, isRunning} from '../run/run-state.ts';
import {abortUpdates} from '../run/update.ts';
import {ParentClosePolicy} from '../wire/enums.ts';
import {fromInt64, int64} from '../wire/numbers.ts';
import type {HistoryEvent} from '../wire/proto.ts';
import {startChildRun} from './child-run.ts';
import type {Transaction} from './transaction.ts';

type Handlers = {
  readonly [Kind in Consequence['kind']]: (
    transaction: Transaction,
    run: RunDraft,
    consequence: Extract<Consequence, {kind: Kind}>,
  ) => void;
};

const handlers: Handlers = {
  startChild(transaction, run, {initiatedEventId}) {
    const child = run.children.get(initiatedEventId);
    // A parent that is over by now starts no child, whatever its close policy: a real server does neither.
    if (!child || !isRunning(run)) return;
    const started = startChildRun(transaction, run, child);
    if (!started) {
      transaction.change(run, (change) => childRefused(change, initiatedEventId));
      return;
    }
    transaction.change(run, (change) => childStarted(change, initiatedEventId));
    if (isRunning(started)) transaction.change(started, releaseFirstWorkflowTask);
  },
  reachExternal(transaction, run, {initiatedEventId}) {
    const external = run.externals.get(initiatedEventId);
    if (!external) return;
    const reached = reach(transaction, run, external);
    if (isRunning(run)) transaction.change(run, (change) => externalReached(change, external, reached));
  },
  startNextRun(transaction, _run, {start}) {
    transaction.open(start, startRun);
  },
  runClosed(transaction, run, {closeEvent}) {
    const abortedBy = hasNextRun(closeEvent) ? 'closing' : 'closed';
    transaction.change(run, (change) => abortUpdates(change, abortedBy));
    closeChildren(transaction, run);
    tellParent(transaction, run, closeEvent);
  },
};

/** Brings about in other runs what a change of one run means for them. */
export function bringAbout(transaction: Transaction, run: RunDraft, consequence: Consequence): void {
  const handler = handlers[consequence.kind] as (
    transaction: Transaction,
    run: RunDraft,
    consequence: Consequence,
  ) => void;
  handler(transaction, run, consequence);
}

function reach(transaction: Transaction, run: RunDraft, external: External): boolean {
  const {attributes} = external;
  const {workflowId, runId} = attributes.workflowExecution ?? {};
  const target = transaction.find(attributes.namespace ?? '', workflowId ?? '', runId ?? '');
  if (!target) return false;
  // What is over needs no canceling, but cannot be told anything.
  if (!isRunning(target)) return external.kind === 'cancel';
  if (attributes.childWorkflowOnly && target.started.parentWorkflowExecution?.runId !== run.runId)
    return false;
  if (external.kind === 'cancel') {
    transaction.change(target, (change) =>
      requestCancel(change, {
        cause: external.attributes.reason ?? '',
        externalInitiatedEventId: int64(external.initiatedEventId),
        externalWorkflowExecution: executionOf(run),
        identity: serverIdentity,
      }),
    );
    return true;
  }
  const {signalName, input, header} = external.attributes;
  const signal = {signalName: signalName ?? '', input: input ?? null, header: header ?? null};
  transaction.change(target, (change) =>
    signalRun(
      change,
      {...signal, identity: serverIdentity, externalWorkflowExecution: executionOf(run)},
      `${run.runId}:${external.initiatedEventId}`,
    ),
  );
  return true;
}

function closeChildren(transaction: Transaction, run: RunDraft): void {
  for (const child of run.children.values()) {
    const {namespace, workflowId, parentClosePolicy} = child.attributes;
    const target = transaction.find(namespace ?? '', workflowId ?? '', '');
    if (!target || !isRunning(target) || target.started.parentWorkflowExecution?.runId !== run.runId)
      continue;
    if (parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE) {
      const attributes = {reason: 'by parent close policy', identity: serverIdentity};
      transaction.change(target, (change) => terminateRun(change, attributes));
    } else if (parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL) {
      const attributes = {externalWorkflowExecution: executionOf(run), identity: serverIdentity};
      transaction.change(target, (change) => requestCancel(change, attributes));
    }
  }
}

function tellParent(transaction: Transaction, run: RunDraft, closeEvent: HistoryEvent): void {
  const {parentWorkflowExecution, parentWorkflowNamespace, parentInitiatedEventId} = run.started;
  if (!parentWorkflowExecution || hasNextRun(closeEvent)) return;
  const {workflowId, runId} = parentWorkflowExecution;
  const parent = transaction.find(parentWorkflowNamespace ?? '', workflowId ?? '', runId ?? '');
  const initiatedEventId = fromInt64(parentInitiatedEventId);
  const child = parent?.children.get(initiatedEventId);
  if (!parent || !isRunning(parent) || child?.state !== 'started') return;
  transaction.change(parent, (change) => childClosed(change, initiatedEventId, run.runId, closeEvent));
}

function hasNextRun(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionContinuedAsNewEventAttributes ||
      event.workflowExecutionFailedEventAttributes?.newExecutionRunId ||
      event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId,
  );
}
