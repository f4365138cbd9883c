import {UpdateWorkflowExecutionLifecycleStage as Stage} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import {type Failure, type Message, temporal} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {Update} from './pending.ts';
import {idOf, record} from './record.ts';
import type {RunState} from './run-state.ts';
import {allows, move, type UpdateAction, type UpdateState, updateMachine} from './transitions.ts';

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
export function stageOf(update: Readonly<Update>): number {
  return stages[update.state];
}

/** @returns whether those who wait for a stage need wait no longer: it is reached, or never will be */
export function hasReached(update: Readonly<Update>, stage: number): boolean {
  return update.state === 'aborted' || stageOf(update) >= stage;
}

/** Takes an update in, unless its id is known: a second one with the same id is the first. */
export function admitUpdate({run}: Change, request: Update['request']): void {
  const updateId = request.meta?.updateId ?? '';
  if (run.updates.has(updateId)) return;
  const nothing = {acceptedEventId: 0, outcome: null, abortedBy: undefined};
  run.updates.set(updateId, {state: 'admitted', updateId, request, ...nothing});
}

/** @returns whether there are updates that no worker has been told of */
export function hasUnsentUpdates({updates}: Pick<RunState, 'updates'>): boolean {
  for (const {state} of updates.values()) if (state === 'admitted') return true;
  return false;
}

/**
 * Hands the waiting updates to a workflow task.
 *
 * @param startedEventId the task's; the requests take effect right before it
 */
export function sendUpdates(change: Change, startedEventId: number): Message[] {
  const messages: Message[] = [];
  for (const update of updatesThat(change, ({state}) => allows(updateMachine, state, 'send'))) {
    step(change, update, 'send');
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
  for (const update of updatesThat(change, ({state}) => state === 'sent')) {
    reject(change, update, unprocessed);
  }
}

/** Lets the updates of a failed workflow task be delivered again. */
export function resendUpdates(change: Change): void {
  for (const update of updatesThat(change, ({state}) => state === 'sent')) step(change, update, 'resend');
}

/**
 * Gives up what a closed run can no longer answer.
 *
 * @param abortedBy `closing` where another run follows: callers may ask that one
 */
export function abortUpdates(change: Change, abortedBy: 'closing' | 'closed'): void {
  for (const update of updatesThat(change, ({state}) => state !== 'completed' && state !== 'aborted')) {
    if (update.state === 'accepted') {
      step(change, update, 'complete', {outcome: {failure: workflowCompleted}});
    } else step(change, update, 'abort', {abortedBy});
  }
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
  const event = record(change, 'workflowExecutionUpdateAccepted', {
    protocolInstanceId: update.updateId,
    acceptedRequestMessageId: acceptance.acceptedRequestMessageId,
    acceptedRequestSequencingEventId: acceptance.acceptedRequestSequencingEventId,
    acceptedRequest: update.request,
  });
  step(change, update, 'accept', {acceptedEventId: idOf(event)});
}

function complete(change: Change, update: Update, response: ReturnType<typeof Response.decode>): void {
  const outcome = response.outcome ?? null;
  step(change, update, 'complete', {outcome});
  record(change, 'workflowExecutionUpdateCompleted', {
    meta: response.meta ?? null,
    acceptedEventId: int64(update.acceptedEventId),
    outcome,
  });
}

// A rejected update leaves no trace: the same id may be tried again.
function reject(change: Change, update: Update, failure: Failure): void {
  step(change, update, 'reject', {outcome: {failure}});
  change.run.updates.delete(update.updateId);
}

function step(change: Change, update: Update, action: UpdateAction, fields?: Partial<Update>): void {
  move(updateMachine, {run: change.run, id: update.updateId}, update, action, fields);
  change.publications.push({kind: 'updateMoved', update});
}

function updatesThat({run}: Change, test: (update: Readonly<Update>) => boolean): Update[] {
  const wanted = [...run.updates.values()].filter(test);
  return wanted.flatMap(({updateId}) => run.updates.get(updateId) ?? []);
}
