import type {Fault} from '../commands/command-table.ts';
import {applyCommands, findFault} from '../commands/index.ts';
import type {Engine} from '../engine/engine.ts';
import {method} from '../grpc/method.ts';
import type {ActivityTaskResponse} from '../matching/matching.ts';
import type {Change} from '../run/change.ts';
import {serverIdentity, terminateRun} from '../run/lifecycle.ts';
import type {WorkflowTask} from '../run/pending.ts';
import type {RunDraft} from '../run/run-draft.ts';
import {isRunning, nextEventId, type RunState} from '../run/run-state.ts';
import {hasUnsentUpdates, rejectUnprocessedUpdates, resendUpdates} from '../run/update.ts';
import {
  completeWorkflowTask,
  dropWorkflowTask,
  failWorkflowTask,
  scheduleWorkflowTask,
} from '../run/workflow-task.ts';
import {startActivityTask} from '../tasks/activity-task.ts';
import {sendAlone} from '../tasks/query-task.ts';
import {startForPoller, workflowTaskResponse} from '../tasks/workflow-task.ts';
import {WorkflowTaskFailedCause} from '../wire/enums.ts';
import {int64, milliseconds} from '../wire/numbers.ts';
import type {Message, Request, Response} from '../wire/proto.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {findStartedWorkflowTask} from './lookup.ts';
import {answerQueries} from './query-answers.ts';

type Completed = Request<'RespondWorkflowTaskCompleted'>;

export const respondWorkflowTaskCompleted = method('RespondWorkflowTaskCompleted', (engine, request) => {
  const {run, task} = findStartedWorkflowTask(engine, request.taskToken);
  const fault = findFault(run, request.commands, request.messages);
  if (fault) throw refuse(engine, run, task, request, fault);
  const buildId = buildIdOf(request);
  answerQueries(engine, run, request.queryResults);
  const {queries} = engine.live(run);
  const outcome = engine.change(run, (change) => complete(change, task, request, buildId, queries.size > 0));
  if (isRunning(run) && !run.workflowTask)
    for (const query of queries.values()) sendAlone(engine, run, query);
  const response: Response<'RespondWorkflowTaskCompleted'> = {
    activityTasks: outcome.eagerActivities.flatMap((id) =>
      startEagerly(engine, run, id, request.identity, buildId),
    ),
  };
  const {messages} = outcome;
  if (messages) {
    response.workflowTask = workflowTaskResponse(engine, run, messages, run.sticky !== undefined);
  }
  if (outcome.dropped) response.resetHistoryEventId = int64(run.lastCompletedStartedEventId);
  return response;
});

interface Outcome {
  /** Present where the next workflow task was started with the answer: what it carries. */
  messages: Message[] | undefined;
  eagerActivities: number[];
  dropped: boolean;
}

function complete(
  change: Change,
  task: Readonly<WorkflowTask>,
  request: Completed,
  buildId: string,
  hasQueries: boolean,
): Outcome {
  const {run} = change;
  const {stickyAttributes, identity} = request;
  const dropped = canDrop(run, task, request);
  const completedEventId = dropped ? 0 : completeWorkflowTask(change, completionOf(request));
  if (dropped) dropWorkflowTask(change);
  run.sticky = stickyAttributes?.workerTaskQueue?.name
    ? {
        taskQueue: stickyAttributes.workerTaskQueue.name,
        scheduleToStartTimeout: milliseconds(stickyAttributes.scheduleToStartTimeout),
      }
    : undefined;
  const eagerActivities = applyCommands(
    change,
    completedEventId,
    identity,
    request.commands,
    request.messages,
  );
  rejectUnprocessedUpdates(change);
  const messages = isRunning(run) ? nextTask(change, request, buildId, hasQueries) : undefined;
  return {messages, eagerActivities: isRunning(run) ? eagerActivities : [], dropped};
}

// A speculative task that only rejected its updates leaves no trace.
function canDrop(run: RunDraft, task: Readonly<WorkflowTask>, request: Completed): boolean {
  if (task.kind !== 'speculative' || request.commands.length > 0 || request.forceCreateNewWorkflowTask)
    return false;
  const newEvents = nextEventId(run) - run.lastCompletedStartedEventId - 2;
  if (newEvents > (request.capabilities?.discardSpeculativeWorkflowTaskWithEvents ? 10 : 0)) return false;
  return request.messages.every(({body}) => body?.type_url?.endsWith('.Rejection'));
}

function completionOf(request: Completed) {
  return {
    identity: request.identity,
    workerVersion: {buildId: buildIdOf(request)},
    sdkMetadata: request.sdkMetadata ?? null,
    meteringMetadata: request.meteringMetadata ?? null,
  };
}

// The worker gets the next task with the answer where there is one to do already.
function nextTask(
  change: Change,
  request: Completed,
  buildId: string,
  hasQueries: boolean,
): Message[] | undefined {
  const {run} = change;
  const isNeeded =
    change.needsWorkflowTask || run.buffered.length > 0 || request.forceCreateNewWorkflowTask || hasQueries;
  if (!isNeeded && !hasUnsentUpdates(run)) return undefined;
  change.needsWorkflowTask = false;
  const inline = request.returnNewWorkflowTask;
  scheduleWorkflowTask(change, {speculative: !isNeeded && inline, inline});
  if (!inline) return undefined;
  const poller = {identity: request.identity, buildId};
  return startForPoller(change, poller, 'request-from-RespondWorkflowTaskCompleted');
}

function startEagerly(
  engine: Engine,
  run: RunState,
  scheduledEventId: number,
  identity: string,
  buildId: string,
): ActivityTaskResponse[] {
  if (run.activities.get(scheduledEventId)?.state !== 'scheduled') return [];
  return [startActivityTask(engine, run, scheduledEventId, {identity, buildId})];
}

function buildIdOf(request: Completed): string {
  return request.workerVersionStamp?.buildId ?? request.binaryChecksum;
}

function refuse(
  engine: Engine,
  run: RunState,
  task: Readonly<WorkflowTask>,
  request: Completed,
  fault: Fault,
): Error {
  const message = messageOf(fault);
  const isUnhandled = fault.cause === WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;
  // A task that keeps being wrong is left to time out, so that it is not tried again and again at once.
  if (task.attempt > 1 && !isUnhandled) return invalidArgument(message);
  engine.change(run, (change) => {
    const failure = {message, serverFailureInfo: {}};
    failWorkflowTask(change, fault.cause, failure, request.identity, buildIdOf(request));
    resendUpdates(change);
    if (fault.terminates) terminateRun(change, {reason: message, identity: serverIdentity});
  });
  return invalidArgument(message);
}

// WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND → UnhandledCommand
function messageOf({cause, message}: Fault): string {
  const constant = (WorkflowTaskFailedCause[cause] ?? '').replace('WORKFLOW_TASK_FAILED_CAUSE_', '');
  const name = constant.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return message ? `${name}: ${message}` : name;
}
