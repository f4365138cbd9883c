import {describe, expect, it} from 'vitest';
import {createUpdateQueue} from '../../source/runtime/update-queue.ts';
import type {SessionUpdate} from '../../source/session/session.ts';
import {programWithSubagent, rootId} from '../history/families.ts';

describe('the queue of updates', () => {
  it('keeps the order, cuts large updates into portions, and waits until each has been taken', () => {
    const portions: SessionUpdate[][] = [];
    const queue = createUpdateQueue((updates) => portions.push(updates));
    const [event] = programWithSubagent();
    if (!event) throw new Error('the recording is empty');
    const events = Array.from({length: 1234}, (_, index) => ({...event, eventId: index + 1}));
    queue.add({type: 'events', workflowId: rootId, events});
    queue.add({type: 'closed', workflowId: rootId, result: {status: 'completed'}});
    expect(portions).toHaveLength(1);
    for (let taken = 0; taken < 20; taken++) queue.sendMore();
    const updates = portions.flat();
    const ids = updates
      .flatMap((update) => (update.type === 'events' ? update.events : []))
      .map((next) => next.eventId);
    expect(ids).toEqual(events.map(({eventId}) => eventId));
    expect(updates.at(-1)?.type).toBe('closed');
    expect(portions.length).toBe(13);
  });
});
