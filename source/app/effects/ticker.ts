/** Milliseconds between two ticks while something moves. */
const tickTime = 120;

/** A clock that runs only while it is needed. */
export interface Ticker {
  run(isNeeded: boolean): void;
}

/** A clock that stands still. */
export function createTicker(tick: () => void): Ticker {
  let ticking: NodeJS.Timeout | undefined;
  return {
    run(isNeeded) {
      if (isNeeded) ticking ??= setInterval(tick, tickTime);
      else {
        clearInterval(ticking);
        ticking = undefined;
      }
    },
  };
}
