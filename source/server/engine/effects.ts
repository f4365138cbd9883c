import type {Effect} from '../run/change.ts';
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
import {executionOf, isRunning, type Run} from '../run/run.ts';
import {abortUpdates} from '../run/update.ts';
import {activityTask} from '../tasks/activity-task.ts';
import {sendAlone} from '../tasks/query-task.ts';
import {workflowTask} from '../tasks/workflow-task.ts';
import {ParentClosePolicy, TaskQueueKind} from '../wire/enums.ts';
import {fromInt64, int64} from '../wire/numbers.ts';
import type {HistoryEvent} from '../wire/proto.ts';
import {workflowClosing, workflowCompleted} from '../wire/service-error.ts';
import {startChildRun} from './child-run.ts';
import type {Engine} from './engine.ts';

type Handlers = {
  readonly [Kind in Effect['kind']]: (engine: Engine, effect: Extract<Effect, {kind: Kind}>) => void;
};

const handlers: Handlers = {
  dispatchWorkflowTask(engine, {run}) {
    const task = run.workflowTask;
    if (task?.state !== 'scheduled') return;
    const {name, kind, normalName} = task.taskQueue;
    const isSticky = kind === TaskQueueKind.TASK_QUEUE_KIND_STICKY;
    const queues = {
      sticky: isSticky ? (name ?? '') : undefined,
      normal: (isSticky ? normalName : name) ?? '',
    };
    const now = engine.clock.now();
    engine.matching.addWorkflowTask(run.namespace.name, queues, workflowTask(engine, run, task), now);
  },
  dispatchActivity(engine, {run, scheduledEventId}) {
    const activity = run.activities.get(scheduledEventId);
    if (activity?.state !== 'scheduled') return;
    const queue = activity.attributes.taskQueue?.name ?? '';
    engine.matching.activityQueue(run.namespace.name, queue).add(activityTask(engine, run, activity));
  },
  startChild(engine, {run, initiatedEventId}) {
    const child = run.children.get(initiatedEventId);
    // A parent that is over by now starts no child, whatever its close policy: a real server does neither.
    if (!child || !isRunning(run)) return;
    const started = startChildRun(engine, run, child);
    if (!started) {
      engine.change(run, (change) => childRefused(change, child));
      return;
    }
    engine.change(run, (change) => childStarted(change, child, started.runId));
    if (isRunning(started)) engine.change(started, releaseFirstWorkflowTask);
  },
  reachExternal(engine, {run, initiatedEventId}) {
    const external = run.externals.get(initiatedEventId);
    if (!external) return;
    const reached = reach(engine, run, external);
    if (isRunning(run)) engine.change(run, (change) => externalReached(change, external, reached));
  },
  startNextRun(engine, {start}) {
    engine.open(start, startRun);
  },
  runClosed(engine, {run, closeEvent}) {
    const error = hasNextRun(closeEvent) ? workflowClosing() : workflowCompleted();
    engine.change(run, (change) => abortUpdates(change, error));
    for (const query of run.queries.values()) sendAlone(engine, run, query);
    closeChildren(engine, run);
    tellParent(engine, run, closeEvent);
  },
  settle(_engine, {settle}) {
    settle();
  },
};

/** Does what a committed change asked for. */
export function runEffect(engine: Engine, effect: Effect): void {
  (handlers[effect.kind] as (engine: Engine, effect: Effect) => void)(engine, effect);
}

function reach(engine: Engine, run: Run, external: External): boolean {
  const {attributes} = external;
  const {workflowId, runId} = attributes.workflowExecution ?? {};
  const target = engine.executions.find(attributes.namespace ?? '', workflowId ?? '', runId ?? '');
  if (!target) return false;
  // What is over needs no canceling, but cannot be told anything.
  if (!isRunning(target)) return external.kind === 'cancel';
  if (attributes.childWorkflowOnly && target.started.parentWorkflowExecution?.runId !== run.runId)
    return false;
  if (external.kind === 'cancel') {
    engine.change(target, (change) =>
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
  engine.change(target, (change) =>
    signalRun(
      change,
      {...signal, identity: serverIdentity, externalWorkflowExecution: executionOf(run)},
      `${run.runId}:${external.initiatedEventId}`,
    ),
  );
  return true;
}

function closeChildren(engine: Engine, run: Run): void {
  for (const child of run.children.values()) {
    const {namespace, workflowId, parentClosePolicy} = child.attributes;
    const target = engine.executions.find(namespace ?? '', workflowId ?? '', '');
    if (!target || !isRunning(target) || target.started.parentWorkflowExecution?.runId !== run.runId)
      continue;
    if (parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE) {
      const attributes = {reason: 'by parent close policy', identity: serverIdentity};
      engine.change(target, (change) => terminateRun(change, attributes));
    } else if (parentClosePolicy === ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL) {
      const attributes = {externalWorkflowExecution: executionOf(run), identity: serverIdentity};
      engine.change(target, (change) => requestCancel(change, attributes));
    }
  }
}

function tellParent(engine: Engine, run: Run, closeEvent: HistoryEvent): void {
  const {parentWorkflowExecution, parentWorkflowNamespace, parentInitiatedEventId} = run.started;
  if (!parentWorkflowExecution || hasNextRun(closeEvent)) return;
  const {workflowId, runId} = parentWorkflowExecution;
  const parent = engine.executions.find(parentWorkflowNamespace ?? '', workflowId ?? '', runId ?? '');
  const child = parent?.children.get(fromInt64(parentInitiatedEventId));
  if (!parent || !child || !isRunning(parent) || child.state !== 'started') return;
  engine.change(parent, (change) => childClosed(change, child, run.runId, closeEvent));
}

function hasNextRun(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionContinuedAsNewEventAttributes ||
      event.workflowExecutionFailedEventAttributes?.newExecutionRunId ||
      event.workflowExecutionTimedOutEventAttributes?.newExecutionRunId,
  );
}
