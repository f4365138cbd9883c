import {UpdateWorkflowExecutionLifecycleStage as Stage} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import {type Failure, type Message, temporal} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {Update, UpdateWaiter} from './pending.ts';
import {idOf, record} from './record.ts';
import type {Run} from './run.ts';
import {allows, next, type UpdateState, updateTransitions} from './transitions.ts';

const {Acceptance, Rejection, Request, Response} = temporal.api.update.v1;
const typeUrl = (name: string) => `type.googleapis.com/temporal.api.update.v1.${name}`;

const stages: Readonly<Record<UpdateState, number>> = {
  admitted: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED,
  sent: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED,
  accepted: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED,
  completed: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED,
  aborted: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED,
};

/** @returns the life-cycle stage as clients know it */
export function stageOf(update: Update): number {
  return stages[update.state];
}

/** Takes an update in; a second one with the same id is the first. */
export function admitUpdate(run: Run, request: Update['request']): Update {
  const updateId = request.meta?.updateId ?? '';
  const known = run.updates.get(updateId);
  if (known) return known;
  const update: Update = {
    state: 'admitted',
    updateId,
    request,
    acceptedEventId: 0,
    outcome: null,
    abortError: undefined,
    message: undefined,
    waiters: [],
  };
  run.updates.set(updateId, update);
  return update;
}

/** @returns whether there are updates that no worker has been told of */
export function hasUnsentUpdates({updates}: Run): boolean {
  for (const {state} of updates.values()) if (state === 'admitted') return true;
  return false;
}

/**
 * Hands the waiting updates to a workflow task.
 *
 * @param startedEventId the task's; the requests take effect right before it
 */
export function sendUpdates({run}: Change, startedEventId: number): Message[] {
  const messages: Message[] = [];
  for (const update of run.updates.values()) {
    if (!allows(updateTransitions, update.state, 'send')) continue;
    update.state = next(updateTransitions, update.state, 'send');
    messages.push({
      id: `${update.updateId}/request`,
      protocolInstanceId: update.updateId,
      eventId: int64(startedEventId - 1),
      body: {type_url: typeUrl('Request'), value: Request.encode(update.request).finish()},
    });
  }
  return messages;
}

/** Takes in what the worker says of an update: accepted, rejected or completed. */
export function receiveUpdateMessage(change: Change, message: Message): void {
  const update = change.run.updates.get(message.protocolInstanceId ?? '');
  const value = message.body?.value ?? new Uint8Array();
  if (!update) return;
  if (message.body?.type_url === typeUrl('Acceptance')) accept(change, update, Acceptance.decode(value));
  else if (message.body?.type_url === typeUrl('Rejection')) {
    reject(change, update, Rejection.decode(value).failure ?? {});
  } else if (message.body?.type_url === typeUrl('Response')) complete(change, update, Response.decode(value));
}

/** Rejects updates that a worker was told of and did not answer: it knows no updates. */
export function rejectUnprocessedUpdates(change: Change): void {
  for (const update of change.run.updates.values()) {
    if (update.state === 'sent') reject(change, update, unprocessed);
  }
}

/** Lets the updates of a failed workflow task be delivered again. */
export function resendUpdates({run}: Change): void {
  for (const update of run.updates.values()) {
    if (update.state === 'sent') update.state = next(updateTransitions, update.state, 'resend');
  }
}

/**
 * Gives up what a closed run can no longer answer.
 *
 * @param error what callers get whose update was not accepted
 */
export function abortUpdates(change: Change, error: Error): void {
  for (const update of change.run.updates.values()) {
    if (!allows(updateTransitions, update.state, 'abort')) continue;
    if (update.state === 'accepted') {
      update.outcome = {failure: workflowCompleted};
      update.state = 'completed';
    } else {
      update.state = next(updateTransitions, update.state, 'abort');
      update.abortError = error;
    }
    settle(change, update);
  }
}

/** Calls back once the update has reached a stage, at once where it has. */
export function whenReached(update: Update, waiter: UpdateWaiter): void {
  if (update.abortError) waiter.reject(update.abortError);
  else if (stageOf(update) >= waiter.stage) waiter.resolve();
  else update.waiters.push(waiter);
}

const unprocessed: Failure = {
  message:
    "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker.",
  source: 'Server',
  applicationFailureInfo: {type: 'UnprocessedUpdate', nonRetryable: true},
};

const workflowCompleted: Failure = {
  message: 'Workflow Update failed because the Workflow completed before the Update completed.',
  source: 'Server',
  applicationFailureInfo: {type: 'AcceptedUpdateCompletedWorkflow', nonRetryable: true},
};

function accept(change: Change, update: Update, acceptance: ReturnType<typeof Acceptance.decode>): void {
  update.state = next(updateTransitions, update.state, 'accept');
  const event = record(change, 'workflowExecutionUpdateAccepted', {
    protocolInstanceId: update.updateId,
    acceptedRequestMessageId: acceptance.acceptedRequestMessageId,
    acceptedRequestSequencingEventId: acceptance.acceptedRequestSequencingEventId,
    acceptedRequest: update.request,
  });
  update.acceptedEventId = idOf(event);
  settle(change, update);
}

function complete(change: Change, update: Update, response: ReturnType<typeof Response.decode>): void {
  update.state = next(updateTransitions, update.state, 'complete');
  update.outcome = response.outcome ?? null;
  record(change, 'workflowExecutionUpdateCompleted', {
    meta: response.meta ?? null,
    acceptedEventId: int64(update.acceptedEventId),
    outcome: update.outcome,
  });
  settle(change, update);
}

// A rejected update leaves no trace: the same id may be tried again.
function reject(change: Change, update: Update, failure: Failure): void {
  update.state = next(updateTransitions, update.state, 'reject');
  update.outcome = {failure};
  change.run.updates.delete(update.updateId);
  settle(change, update);
}

function settle({effects}: Change, update: Update): void {
  const waiters = update.waiters.filter(({stage}) => update.abortError || stageOf(update) >= stage);
  update.waiters = update.waiters.filter((waiter) => !waiters.includes(waiter));
  for (const waiter of waiters) effects.push({kind: 'settle', settle: () => whenReached(update, waiter)});
}
