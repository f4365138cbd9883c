import {randomUUID} from 'node:crypto';
import type {Change} from '../run/change.ts';
import {serverIdentity, startRun, terminateRun} from '../run/lifecycle.ts';
import {withDefaults} from '../run/retry.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {isRunning, type Namespace, type RunStart} from '../run/run-state.ts';
import {runTimeoutOf} from '../run/run-timeout.ts';
import {TaskQueueKind} from '../wire/enums.ts';
import {duration, milliseconds} from '../wire/numbers.ts';
import type {EventAttributes, Request} from '../wire/proto.ts';
import {alreadyStarted, invalidArgument} from '../wire/service-error.ts';
import {decideStart} from './start-policy.ts';
import {firstRunAttributes} from './started-attributes.ts';
import type {Transaction} from './transaction.ts';

/** What StartWorkflowExecution and its variants have in common. */
export type StartRequest = Pick<
  Request<'StartWorkflowExecution'>,
  | 'workflowId'
  | 'workflowType'
  | 'taskQueue'
  | 'input'
  | 'workflowExecutionTimeout'
  | 'workflowRunTimeout'
  | 'workflowTaskTimeout'
  | 'identity'
  | 'requestId'
  | 'workflowIdReusePolicy'
  | 'workflowIdConflictPolicy'
  | 'retryPolicy'
  | 'cronSchedule'
  | 'memo'
  | 'searchAttributes'
  | 'header'
  | 'workflowStartDelay'
  | 'userMetadata'
  | 'priority'
>;

const defaultWorkflowTaskTimeout = 10_000;
const maximumWorkflowTaskTimeout = 120_000;

/**
 * Starts a workflow, or finds the run that the request means where its policies say so.
 *
 * @param begin writes the run's first events; a plain start unless given
 * @returns the run, and whether this call started it
 * @throws ServiceError where the request is not valid or the id is taken
 */
export function startOrRefuse(
  transaction: Transaction,
  namespace: Namespace,
  request: StartRequest,
  begin: (change: Change) => void = startRun,
): {run: RunDraft; started: boolean} {
  checkRequest(request);
  const current = transaction.find(namespace.name, request.workflowId, '');
  if (current && request.requestId && current.requestId === request.requestId)
    return {run: current, started: true};
  if (current) {
    const verdict = decideStart(current, request.workflowIdReusePolicy, request.workflowIdConflictPolicy);
    if (verdict === 'useExisting') return {run: current, started: false};
    if (verdict !== 'start' && verdict !== 'terminateThenStart') throw refusal(current, verdict);
    if (isRunning(current)) terminateForNext(transaction, current);
  }
  const start = runStart(namespace, request, transaction.now);
  return {run: transaction.open(start, begin), started: true};
}

function terminateForNext(transaction: Transaction, current: RunDraft): void {
  const reason = 'TerminateIfRunning WorkflowIdReusePolicy';
  transaction.change(current, (change) => terminateRun(change, {reason, identity: serverIdentity}));
}

function checkRequest(request: StartRequest): void {
  if (!request.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (Buffer.byteLength(request.workflowId) > 1000) throw invalidArgument('WorkflowId length exceeds limit.');
  if (!request.workflowType?.name) throw invalidArgument('WorkflowType is not set on request.');
  if (!request.taskQueue?.name) throw invalidArgument('missing task queue name');
  if (Buffer.byteLength(request.taskQueue.name) > 1000)
    throw invalidArgument('taskQueue length exceeds limit');
  if (request.cronSchedule) throw invalidArgument('The embedded server has no cron schedules.');
}

const refusals = {
  refuseOpen: ['Workflow execution is already running', ''],
  refuseClosed: [
    'Workflow execution already finished',
    ' Workflow Id reuse policy: reject duplicate workflow Id.',
  ],
  refuseSucceeded: [
    'Workflow execution already finished successfully',
    ' Workflow Id reuse policy: allow duplicate workflow Id if last run failed.',
  ],
} as const;

function refusal(current: RunDraft, verdict: keyof typeof refusals): Error {
  const [what, why] = refusals[verdict];
  const message = `${what}. WorkflowId: ${current.workflowId}, RunId: ${current.runId}.${why}`;
  return alreadyStarted(current.runId, current.requestId, message);
}

function runStart(namespace: Namespace, request: StartRequest, now: number): RunStart {
  const runId = randomUUID();
  const {workflowId, requestId, userMetadata} = request;
  return {
    namespace,
    workflowId,
    runId,
    requestId,
    userMetadata,
    started: attributesOfRequest(request, runId, now),
  };
}

/** Fills in what the request leaves open, as a real server does. */
function attributesOfRequest(
  request: StartRequest,
  runId: string,
  now: number,
): EventAttributes<'workflowExecutionStarted'> {
  const runTimeout = runTimeoutOf(request);
  const taskTimeout = milliseconds(request.workflowTaskTimeout) || defaultWorkflowTaskTimeout;
  const delay = milliseconds(request.workflowStartDelay);
  return {
    ...firstRunAttributes(request, runId, now + delay),
    taskQueue: {name: request.taskQueue?.name ?? '', kind: TaskQueueKind.TASK_QUEUE_KIND_NORMAL},
    workflowRunTimeout: runTimeout ? duration(runTimeout) : (request.workflowRunTimeout ?? null),
    workflowTaskTimeout: duration(
      Math.min(taskTimeout, runTimeout || maximumWorkflowTaskTimeout, maximumWorkflowTaskTimeout),
    ),
    identity: request.identity,
    retryPolicy: request.retryPolicy ? withDefaults(request.retryPolicy) : null,
    firstWorkflowTaskBackoff: delay ? duration(delay) : {},
  };
}
