import type {Engine} from '../engine/engine.ts';
import type {Call} from '../grpc/method.ts';

// Answers leave before the caller gives up, so that nothing is handed to somebody who no longer listens.
const answerBeforeDeadline = 1000;

/**
 * Waits for something until the caller's deadline is near or the caller goes away.
 *
 * @param begin starts waiting; it gets what ends the wait and returns how to take the waiting back
 * @returns what the wait ended with, or undefined
 */
export function waitFor<Value>(
  engine: Engine,
  call: Call,
  begin: (resolve: (value: Value | undefined) => void) => () => void,
): Promise<Value | undefined> {
  return new Promise((resolve) => {
    let stop: (() => void) | undefined;
    let over = false;
    let cancelAlarm: (() => void) | undefined;
    const finish = (value: Value | undefined) => {
      if (over) return;
      over = true;
      cancelAlarm?.();
      stop?.();
      resolve(value);
    };
    stop = begin(finish);
    if (over) {
      stop();
      return;
    }
    cancelAlarm = engine.clock.wakeAt(call.deadline - answerBeforeDeadline, () => finish(undefined));
    call.onDropped(() => finish(undefined));
  });
}
