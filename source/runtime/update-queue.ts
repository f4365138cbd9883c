import type {SessionUpdate} from '../session/session.ts';

/** Events in one portion: few enough that taking them never holds up a key. */
const portion = 100;

/** Updates on their way to somebody who takes one portion at a time. */
export interface UpdateQueue {
  add(update: SessionUpdate): void;
  /** The last portion has been taken. */
  sendMore(): void;
}

/**
 * Sends updates in their order and in portions, the next one when the last has been taken: attaching to a run of
 * 10,000 events must not hold up the terminal.
 */
export function createUpdateQueue(send: (updates: SessionUpdate[]) => void): UpdateQueue {
  let waiting: SessionUpdate[] = [];
  let isTaken = true;
  const sendNext = (): void => {
    if (!isTaken || waiting.length === 0) return;
    isTaken = false;
    const [updates, rest] = firstPortion(waiting);
    waiting = rest;
    send(updates);
  };
  return {
    add(update) {
      waiting.push(...split(update));
      sendNext();
    },
    sendMore() {
      isTaken = true;
      sendNext();
    },
  };
}

function split(update: SessionUpdate): SessionUpdate[] {
  if (update.type !== 'events' || update.events.length <= portion) return [update];
  const {events} = update;
  return Array.from({length: Math.ceil(events.length / portion)}, (_, index) => ({
    ...update,
    events: events.slice(index * portion, (index + 1) * portion),
  }));
}

function firstPortion(updates: SessionUpdate[]): [portion: SessionUpdate[], rest: SessionUpdate[]] {
  let events = 0;
  const end = updates.findIndex((update) => {
    const isFull = events >= portion;
    events += update.type === 'events' ? update.events.length : 1;
    return isFull;
  });
  return end < 0 ? [updates, []] : [updates.slice(0, end), updates.slice(end)];
}
