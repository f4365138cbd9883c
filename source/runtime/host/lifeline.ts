/**
 * The descriptor of a host that only its parent has the other end of: its end means that the parent is gone. The host's
 * guard writes its reports there, one JSON object a line.
 */
export const lifeline = 4;

/** What the guard sees of its host. */
export interface GuardReport {
  /** Milliseconds since the event loop last turned. */
  heldFor: number;
  /** The tools that run. */
  calls: readonly string[];
}
