import {fromInt64, int64, milliseconds} from '../wire/numbers.ts';
import type {CommandAttributes, UserMetadata} from '../wire/proto.ts';
import type {Change} from './change.ts';
import type {Timer} from './pending.ts';
import {idOf, record} from './record.ts';
import type {RunState} from './run-state.ts';

/** Starts a timer; its id must not be pending. */
export function startTimer(
  change: Change,
  {timerId, startToFireTimeout}: CommandAttributes<'startTimer'>,
  completedEventId: number,
  userMetadata: UserMetadata | null | undefined,
): void {
  const id = timerId ?? '';
  const attributes = {
    timerId: id,
    startToFireTimeout: startToFireTimeout ?? null,
    workflowTaskCompletedEventId: int64(completedEventId),
  };
  const startedEventId = idOf(record(change, 'timerStarted', attributes, userMetadata));
  const firesAt = change.now + milliseconds(startToFireTimeout);
  change.run.timers.set(id, {timerId: id, startedEventId, firesAt});
}

/** Writes that the timer's time has come. */
export function fireTimer(change: Change, timer: Timer): void {
  change.run.timers.delete(timer.timerId);
  record(change, 'timerFired', {timerId: timer.timerId, startedEventId: int64(timer.startedEventId)});
  change.needsWorkflowTask = true;
}

/** Cancels a timer, also one whose firing the workflow has not seen yet. */
export function cancelTimer(
  change: Change,
  timerId: string,
  completedEventId: number,
  identity: string,
): void {
  const {run} = change;
  const startedEventId = run.timers.get(timerId)?.startedEventId ?? takeFired(change, timerId);
  run.timers.delete(timerId);
  record(change, 'timerCanceled', {
    timerId,
    startedEventId: int64(startedEventId),
    workflowTaskCompletedEventId: int64(completedEventId),
    identity,
  });
}

/** @returns the ids of the timers whose firing waits in the buffer */
export function bufferedTimerIds({buffered}: Pick<RunState, 'buffered'>): string[] {
  return buffered.flatMap((event) => event.timerFiredEventAttributes?.timerId ?? []);
}

function takeFired({run}: Change, timerId: string): number {
  const fired = run.buffered.find((event) => event.timerFiredEventAttributes?.timerId === timerId);
  run.buffered = run.buffered.filter((event) => event !== fired);
  return fromInt64(fired?.timerFiredEventAttributes?.startedEventId);
}
