import type {JsonObject} from '../../workflows/protocol/json.ts';

/**
 * One event of a workflow's history as plain data: what the fold, the app and the saved files share.
 * It survives structured cloning and JSON.
 */
export interface HistoryEvent {
  workflowId: string;
  runId: string;
  /** From 1, without gaps within a run. */
  eventId: number;
  /** Temporal's name without prefix, e.g. `ActivityTaskScheduled`. */
  eventType: string;
  /** Milliseconds since the epoch. */
  time: number;
  /**
   * The event's attributes with the field names of Temporal's JSON. Payloads are decoded: `input` and `result` are
   * arrays of JSON values; what cannot be decoded is `{"undecodable": "<encoding>", "bytes": n}`.
   */
  attributes: JsonObject;
}

/** A pending activity as the server's describe reports it: what a history does not say yet. */
export interface PendingActivity {
  activityId: string;
  attempt: number;
  state: 'scheduled' | 'started' | 'cancelRequested';
  worker?: string;
  lastFailure?: string;
  /** Milliseconds since the epoch; only while it waits in backoff. */
  nextAttemptTime?: number;
  /** The model's text so far, where the activity is a model step in flight. */
  streamedText?: {attempt: number; offset: number; tail: string};
}
