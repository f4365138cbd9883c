/** Arguments that the tool cannot take. The model gets the message, which says how to repair them; never retried. */
export class ToolValidationError extends Error {
  override name = 'ToolValidationError';
}

/** A known failure that another attempt would not mend. The model gets the message; never retried. */
export class ToolExecutionError extends Error {
  override name = 'ToolExecutionError';
}

/** A transient failure. Temporal tries again by the tool's retry policy; the model gets the last one, if any. */
export class ToolRetryableError extends Error {
  override name = 'ToolRetryableError';
}
