import type {SessionUpdate} from '../session/session.ts';
import {portionSize} from './portions.ts';

/** An update in pieces of which none brings more events than a portion holds. */
export function portionsOf(update: SessionUpdate): SessionUpdate[] {
  if (update.type !== 'events' || update.events.length <= portionSize) return [update];
  const {events} = update;
  return Array.from({length: Math.ceil(events.length / portionSize)}, (_, index) => ({
    ...update,
    events: events.slice(index * portionSize, (index + 1) * portionSize),
  }));
}

/** What an update counts for in a portion. */
export function sizeOf(update: SessionUpdate): number {
  return update.type === 'events' ? update.events.length : 1;
}
