/** Events in one portion: few enough that taking them never holds up a key. */
export const portionSize = 100;

/** Events on their way to somebody who takes one portion at a time. */
export interface Portions<Event> {
  add(event: Event): void;
  /** The last portion has been taken. */
  taken(): void;
}

/**
 * Sends events in their order and in portions, the next one when the last has been taken: attaching to a run of
 * 10,000 events must not hold up the terminal.
 *
 * @param sizeOf what an event counts for in a portion
 */
export function createPortions<Event>(
  send: (events: Event[]) => void,
  sizeOf: (event: Event) => number = () => 1,
): Portions<Event> {
  let waiting: Event[] = [];
  let isTaken = true;
  const sendNext = (): void => {
    if (!isTaken || waiting.length === 0) return;
    isTaken = false;
    const end = endOfPortion(waiting, sizeOf);
    const events = waiting.slice(0, end);
    waiting = waiting.slice(end);
    send(events);
  };
  return {
    add(event) {
      waiting.push(event);
      sendNext();
    },
    taken() {
      isTaken = true;
      sendNext();
    },
  };
}

function endOfPortion<Event>(events: readonly Event[], sizeOf: (event: Event) => number): number {
  let size = 0;
  const end = events.findIndex((event) => {
    const isFull = size >= portionSize;
    size += sizeOf(event);
    return isFull;
  });
  return end < 0 ? events.length : end;
}
