import {GuestThrow} from '../runtime/signals.ts';
import type {Value} from '../values/value.ts';
import {breaks, type Completion, continues, type Frame, type Statement, type Suspended} from './code.ts';

/**
 * A round of `for await` over a list, with ECMAScript's waits: each item is awaited, and then what `next` gave for it; the
 * end of the list takes as long, and leaving the loop early takes one wait more, for closing the iterator.
 */
export interface AwaitedRound {
  /** Slot that holds the item. */
  slot: number;
  /** Takes the next item into the slot; false where there is none. */
  take: (frame: Frame) => boolean;
  body: Statement;
  /** Codes of the labels in front of the loop. */
  labels: readonly number[];
}

export function awaitedRound({slot, take, body, labels}: AwaitedRound): Statement {
  const goesOn = (code: number) =>
    code === 0 || code === continues || labels.some((label) => code === label + 1);
  return (frame) => (take(frame) ? round(frame) : atEnd());

  function* round(frame: Frame): Suspended {
    let completion: number;
    try {
      frame[slot] = yield frame[slot] as Value;
      yield undefined;
      const ran: Completion = body(frame);
      completion = typeof ran === 'number' ? ran : yield* ran;
    } catch (error) {
      // An item that was rejected takes as long as closing does. Neither a budget that is used up nor a bug of ours waits for anything.
      if (error instanceof GuestThrow) yield undefined;
      throw error;
    }
    if (!goesOn(completion)) yield undefined;
    return completion;
  }
}

function* atEnd(): Suspended {
  yield undefined;
  yield undefined;
  return breaks;
}
