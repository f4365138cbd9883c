import type {Connection} from '@temporalio/client';
import type {temporal} from '@temporalio/proto';
import type {HistoryEvent, PendingActivity} from '../history/event.ts';
import {decodePayload, toMilliseconds} from './decode-event.ts';
import type {SessionUpdate} from './session.ts';

const closingEvents = new Set([
  'ActivityTaskCompleted',
  'ActivityTaskFailed',
  'ActivityTaskTimedOut',
  'ActivityTaskCanceled',
]);

/**
 * Asks the server how activities in flight are doing: what a history says only when they are over. Asks only while
 * there are any that have been in flight for an interval.
 */
export class PendingActivityWatch {
  readonly #connection: Connection;
  readonly #namespace: string;
  /** Milliseconds between two looks. */
  readonly #interval: number;
  readonly #report: (update: SessionUpdate) => void;
  /** By workflow id: the scheduled events of activities in flight. */
  readonly #inFlight = new Map<string, Set<number>>();
  readonly #reported = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    connection: Connection,
    namespace: string,
    interval: number,
    report: (update: SessionUpdate) => void,
  ) {
    this.#connection = connection;
    this.#namespace = namespace;
    this.#interval = interval;
    this.#report = report;
  }

  /** Learns from the events of a workflow what is in flight. */
  observe(workflowId: string, events: readonly HistoryEvent[]): void {
    const inFlight = this.#inFlight.get(workflowId) ?? new Set();
    for (const {eventType, eventId, attributes} of events) {
      if (eventType === 'ActivityTaskScheduled') inFlight.add(eventId);
      else if (closingEvents.has(eventType)) inFlight.delete(Number(attributes.scheduledEventId));
      else if (
        /^WorkflowExecution(Completed|Failed|Canceled|Terminated|TimedOut|ContinuedAsNew)$/.test(eventType)
      ) {
        inFlight.clear();
      }
    }
    if (inFlight.size > 0) this.#inFlight.set(workflowId, inFlight);
    else this.#inFlight.delete(workflowId);
    if (inFlight.size === 0) this.#tell(workflowId, []);
    if (this.#inFlight.size > 0) this.#schedule();
  }

  /** A workflow is not followed any further. */
  forget(workflowId: string): void {
    this.#inFlight.delete(workflowId);
    this.#tell(workflowId, []);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#inFlight.clear();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.#look(), this.#interval);
  }

  async #look(): Promise<void> {
    await Promise.all([...this.#inFlight.keys()].map((workflowId) => this.#describe(workflowId)));
    this.#timer = undefined;
    if (this.#inFlight.size > 0) this.#schedule();
  }

  async #describe(workflowId: string): Promise<void> {
    const request = {namespace: this.#namespace, execution: {workflowId}};
    // A look that fails is not worth a word: the next one, or the history, tells.
    const description = await this.#connection.workflowService
      .describeWorkflowExecution(request)
      .catch(() => undefined);
    if (!description || !this.#inFlight.has(workflowId)) return;
    this.#tell(workflowId, (description.pendingActivities ?? []).map(toPendingActivity));
  }

  #tell(workflowId: string, pending: PendingActivity[]): void {
    const text = JSON.stringify(pending);
    if (text === (this.#reported.get(workflowId) ?? '[]')) return;
    this.#reported.set(workflowId, text);
    this.#report({type: 'pending', workflowId, pending});
  }
}

const states: Readonly<Record<number, PendingActivity['state']>> = {
  1: 'scheduled',
  2: 'started',
  3: 'cancelRequested',
};

function toPendingActivity(info: temporal.api.workflow.v1.IPendingActivityInfo): PendingActivity {
  const waits = info.state === 1 && info.nextAttemptScheduleTime;
  const [details] = (info.heartbeatDetails?.payloads ?? []).map(decodePayload);
  return {
    activityId: info.activityId ?? '',
    attempt: info.attempt ?? 1,
    state: states[info.state ?? 1] ?? 'scheduled',
    ...(info.lastWorkerIdentity && {worker: info.lastWorkerIdentity}),
    ...(info.lastFailure?.message && {lastFailure: info.lastFailure.message}),
    ...(waits && {nextAttemptTime: toMilliseconds(info.nextAttemptScheduleTime as never)}),
    ...(isStreamedText(details) && {streamedText: details}),
  };
}

function isStreamedText(details: unknown): details is NonNullable<PendingActivity['streamedText']> {
  return typeof details === 'object' && details !== null && 'tail' in details && 'offset' in details;
}
