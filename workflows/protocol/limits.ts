// Beyond these a real server terminates or wedges a run, so we stop before.

const kilobyte = 1000;
const megabyte = 1000 * kilobyte;

/** Encoded argument of one call, in bytes; a larger one is validation feedback and nothing is scheduled. */
export const maximumArgumentBytes = megabyte;

/** Encoded result of one call, in bytes; a larger one is an execution error. */
export const maximumResultBytes = megabyte;

/** Encoded arguments of all calls that one workflow task schedules, in bytes. */
export const maximumTaskBytes = 2 * megabyte;

/** Encoded prompt (or program) and manifest of a run together, in bytes. */
export const maximumStartBytes = megabyte;

/**
 * Encoded messages of a conversation that a run's input carries beside prompt and manifest, in bytes: with them it
 * stays below the 2 MiB that a server takes as one payload.
 */
export const maximumTranscriptBytes = megabyte;

/** Encoded result or failure of one call as the model sees it, in bytes; a longer one is clipped with a note. */
export const maximumTranscriptResultBytes = 64 * kilobyte;

/** Encoded results and failures of all calls of one turn as the model sees them, in bytes; else they are clipped. */
export const maximumTurnResultBytes = megabyte;

/**
 * Encoded result of one call, in bytes, that a model step's input repeats; a longer one is only referred to, so that a
 * history holds it once.
 */
export const maximumRepeatedResultBytes = kilobyte;

/** Encoded message or details of an activity's failure, in bytes; more is clipped with a note. */
export const maximumFailureBytes = 16 * kilobyte;

/** Calls in flight per workflow, direct ones and programs' together. */
export const maximumCallsInFlight = 64;

/** Events after which a run continues as new even where the server does not suggest it. */
export const maximumHistoryLength = 10_000;

/**
 * Events after which calls of the same turn are refused. A call may take six; a server ends a run at 51,200 (Temporal's
 * `limit.historyCount.error`), whatever it is doing.
 */
export const maximumTurnHistoryLength = 40_000;

/** Bytes of a value's JSON in UTF-8; `undefined` counts as none. */
export function encodedBytes(value: unknown): number {
  const text = JSON.stringify(value);
  return text === undefined ? 0 : new TextEncoder().encode(text).length;
}
