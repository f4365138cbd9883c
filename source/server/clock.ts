/** Where the server gets its time and its wake-ups from; tests may bring their own. */
export interface Clock {
  /** @returns milliseconds since the Unix epoch */
  now(): number;
  /**
   * Calls back once, no earlier than `at`.
   *
   * @param at milliseconds since the Unix epoch, at any distance
   * @returns a function that cancels the call
   */
  wakeAt(at: number, callback: () => void): () => void;
}

// Node fires a longer timeout at once instead of late.
const longestTimeout = 2 ** 31 - 1;

/** The computer's own clock. Its timers keep no process alive: the listening socket does. */
export const systemClock: Clock = {
  now: Date.now,
  wakeAt(at, callback) {
    let timeout: NodeJS.Timeout;
    const arm = () => {
      const left = at - Date.now();
      timeout =
        left > longestTimeout
          ? setTimeout(arm, longestTimeout)
          : setTimeout(callback, Math.max(0, Math.ceil(left)));
      timeout.unref();
    };
    arm();
    return () => clearTimeout(timeout);
  },
};
