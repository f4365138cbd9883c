import type {Value} from '../values/value.ts';

/** A guest exception on its way up. Not an Error of the host: making it captures no stack. */
export class GuestThrow {
  readonly value: Value;
  /** Offset in the source of what threw. */
  readonly start: number | undefined;

  constructor(value: Value, start: number | undefined) {
    this.value = value;
    this.start = start;
  }
}

/** A budget was exceeded. No `catch` or `finally` of the program sees it. */
export class BudgetExceeded {
  readonly message: string;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    this.message = message;
    this.hint = hint;
  }
}
