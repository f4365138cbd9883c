import {eventTypeOf, nameOfEvent} from '../wire/event-names.ts';
import {fromInt64, int64, timestamp} from '../wire/numbers.ts';
import {
  type EventAttributes,
  type EventName,
  type HistoryEvent,
  temporal,
  type UserMetadata,
} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {RunDraft} from './run-draft.ts';
import {nextEventId} from './run-state.ts';

const {HistoryEvent: HistoryEventType} = temporal.api.history.v1;

/** Stands for the id of an event that is still buffered. */
export const bufferedEventId = -123;

// Real servers start their task ids here; with them the sizes come out alike.
const taskIdBase = 2 ** 20;

// Everything else that happens while a workflow task is started waits for its end.
const neverBuffered: ReadonlySet<EventName> = new Set<EventName>([
  'workflowExecutionStarted',
  'workflowExecutionCompleted',
  'workflowExecutionFailed',
  'workflowExecutionTimedOut',
  'workflowExecutionTerminated',
  'workflowExecutionContinuedAsNew',
  'workflowExecutionCanceled',
  'workflowTaskScheduled',
  'workflowTaskStarted',
  'workflowTaskCompleted',
  'workflowTaskFailed',
  'workflowTaskTimedOut',
  'activityTaskScheduled',
  'activityTaskCancelRequested',
  'timerStarted',
  'timerCanceled',
  'requestCancelExternalWorkflowExecutionInitiated',
  'markerRecorded',
  'startChildWorkflowExecutionInitiated',
  'signalExternalWorkflowExecutionInitiated',
  'upsertWorkflowSearchAttributes',
  'workflowPropertiesModified',
  'workflowExecutionUpdateAccepted',
  'workflowExecutionUpdateCompleted',
]);

// Closing events go behind the others of a buffer, so that each follows the event that started its entity.
const closesEntity: ReadonlySet<EventName> = new Set<EventName>([
  'activityTaskCompleted',
  'activityTaskFailed',
  'activityTaskTimedOut',
  'activityTaskCanceled',
  'childWorkflowExecutionCompleted',
  'childWorkflowExecutionFailed',
  'childWorkflowExecutionTimedOut',
  'childWorkflowExecutionCanceled',
  'childWorkflowExecutionTerminated',
]);

/**
 * Writes an event into the run's history, or into its buffer while a workflow task is started.
 *
 * @returns the event; its `eventId` is set unless it was buffered
 */
export function record<Name extends EventName>(
  change: Change,
  name: Name,
  attributes: EventAttributes<Name>,
  userMetadata?: UserMetadata | null,
  at = change.now,
): HistoryEvent {
  const event = buildEvent(name, attributes, at, userMetadata);
  const {run} = change;
  if (run.workflowTask?.state === 'started' && !neverBuffered.has(name)) {
    run.buffered = [...run.buffered, event];
  } else append(run, event);
  return event;
}

/** @returns an event without an id */
export function buildEvent<Name extends EventName>(
  name: Name,
  attributes: EventAttributes<Name>,
  at: number,
  userMetadata?: UserMetadata | null,
): HistoryEvent {
  const event: HistoryEvent = {
    eventTime: timestamp(at),
    eventType: eventTypeOf(name),
    [`${name}EventAttributes`]: attributes,
  };
  if (userMetadata) event.userMetadata = userMetadata;
  return event;
}

/** Gives an event its place in a history. */
export function numberEvent(event: HistoryEvent, id: number): HistoryEvent {
  event.eventId = int64(id);
  event.taskId = int64(taskIdBase + id);
  return event;
}

/** @returns the event's id, or the stand-in for it while the event is buffered */
export function idOf(event: HistoryEvent): number {
  return event.eventId ? fromInt64(event.eventId) : bufferedEventId;
}

/** Gives the buffered events their ids and moves them into the history. */
export function flushBuffer({run}: Change): void {
  const buffered = run.buffered;
  if (buffered.length === 0) return;
  run.buffered = [];
  const closing = buffered.filter((event) => closesEntity.has(nameOfEvent(event) ?? 'markerRecorded'));
  const others = buffered.filter((event) => !closing.includes(event));
  const startedIds = new Map<number, number>();
  for (const waiting of [...others, ...closing]) {
    const event = withStartedEventId(waiting, startedIds);
    append(run, event);
    rememberStarted(run, event, startedIds);
  }
}

function append(run: RunDraft, event: HistoryEvent): void {
  run.history.push(numberEvent(event, nextEventId(run)));
  // In storage each event is a length-delimited field of a batch: a tag, a length, the event.
  const size = HistoryEventType.encode(event).len;
  run.historySize += size + (size < 128 ? 2 : 3);
}

// What waits in the buffer is committed, so it stays as it is: the history gets a copy.
function withStartedEventId(event: HistoryEvent, startedIds: ReadonlyMap<number, number>): HistoryEvent {
  const field = `${nameOfEvent(event) ?? 'markerRecorded'}EventAttributes` as const;
  const attributes = event[field] as ClosingAttributes | undefined;
  if (fromInt64(attributes?.startedEventId) !== bufferedEventId || !attributes) return {...event};
  const key = fromInt64(attributes.scheduledEventId ?? attributes.initiatedEventId);
  return {...event, [field]: {...attributes, startedEventId: int64(startedIds.get(key) ?? 0)}};
}

function rememberStarted(run: RunDraft, event: HistoryEvent, startedIds: Map<number, number>): void {
  const activity = event.activityTaskStartedEventAttributes;
  if (activity) startedIds.set(fromInt64(activity.scheduledEventId), idOf(event));
  const childStarted = event.childWorkflowExecutionStartedEventAttributes;
  if (!childStarted) return;
  const initiated = fromInt64(childStarted.initiatedEventId);
  startedIds.set(initiated, idOf(event));
  const child = run.children.get(initiated);
  if (child) child.startedEventId = idOf(event);
}

type ClosingAttributes = {
  startedEventId?: HistoryEvent['eventId'];
  scheduledEventId?: HistoryEvent['eventId'];
  initiatedEventId?: HistoryEvent['eventId'];
};
