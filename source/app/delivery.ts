import type {SessionUpdate} from '../session/session.ts';

/** Events that are folded in one go; together with `budget` it keeps the terminal's thread free. */
const sliceLength = 100;

/** Milliseconds that a delivery may take before keys get their turn. */
const budget = 6;

/** What a delivery needs from outside. */
export interface DeliveryOptions {
  readonly receive: (updates: readonly SessionUpdate[]) => void;
  /** Milliseconds; only differences count. */
  readonly clock: () => number;
}

/**
 * Hands updates on in their order and in small portions: attaching to a run of 10,000 events must not hold up a key.
 *
 * @returns takes an update from the session
 */
export function createDelivery({receive, clock}: DeliveryOptions): (update: SessionUpdate) => void {
  let queue: SessionUpdate[] = [];
  let isScheduled = false;
  const drain = (): void => {
    isScheduled = false;
    const end = clock() + budget;
    let delivered = 0;
    while (delivered < queue.length && clock() < end) {
      const portion = nextPortion(queue, delivered);
      delivered += portion.length;
      receive(portion);
    }
    queue = queue.slice(delivered);
    schedule();
  };
  const schedule = (): void => {
    if (isScheduled || queue.length === 0) return;
    isScheduled = true;
    setImmediate(drain);
  };
  return (update) => {
    queue.push(...slices(update));
    schedule();
  };
}

function slices(update: SessionUpdate): SessionUpdate[] {
  if (update.type !== 'events' || update.events.length <= sliceLength) return [update];
  const {events} = update;
  const count = Math.ceil(events.length / sliceLength);
  return Array.from({length: count}, (_, index) => ({
    ...update,
    events: events.slice(index * sliceLength, (index + 1) * sliceLength),
  }));
}

/** As many updates from `start` on as have about `sliceLength` events. */
function nextPortion(queue: readonly SessionUpdate[], start: number): SessionUpdate[] {
  const portion: SessionUpdate[] = [];
  let events = 0;
  for (let index = start; index < queue.length && events < sliceLength; index++) {
    const update = queue[index] as SessionUpdate;
    portion.push(update);
    events += update.type === 'events' ? update.events.length : 1;
  }
  return portion;
}
