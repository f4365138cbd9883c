import type {JsonObject, JsonValue} from './json.ts';

/** A tool call that is about to cross the durable boundary. */
export interface ToolCall {
  /** E.g. `t1.c2` or `t1.c2.3`; becomes the activity's id or the end of the child's workflow id. */
  id: string;
  name: string;
  /** A text where the model's arguments were none that a tool could take; `problem` says why. */
  input: JsonObject | string;
  problem?: string;
  /** Present where a program made the call. */
  origin?: ProgramOrigin;
}

/** How a tool call ended, as the model gets to see it. Cancellation is not an outcome: it is thrown. */
export type ToolOutcome = {status: 'returned'; value: JsonValue} | {status: 'failed'; failure: ToolFailure};

/** A failure that goes back to the model as feedback. */
export interface ToolFailure {
  /** The class of the failure, e.g. `ToolValidationError`, `SpawnError`, `ProgramError`. */
  name: string;
  message: string;
  /** More for the model to work with: a program's code frame and calls, a validation's issues. */
  details?: JsonValue;
}

/** Where a program made a call. */
export interface ProgramOrigin {
  /** Line of the program, from 1. */
  line: number;
}

/**
 * What an activity, and whoever reads the history alone, is told of a call beside its input: an activity's second
 * argument, absent where there is nothing to tell.
 */
export interface CallOrigin extends Partial<ProgramOrigin> {
  /** First run of the workflow's chain; absent where it is the run that makes the call. */
  firstRunId?: string;
}
