import {expect, it} from 'vitest';
import {createPortions} from '../../source/runtime/portions.ts';
import {portionsOf, sizeOf} from '../../source/runtime/update-portions.ts';
import type {SessionUpdate} from '../../source/session/session.ts';
import {programWithSubagent, rootId} from '../history/families.ts';

it('keep the order of updates, cut large ones, and wait until each has been taken', () => {
  const sent: SessionUpdate[][] = [];
  const portions = createPortions<SessionUpdate>((updates) => sent.push(updates), sizeOf);
  const [event] = programWithSubagent();
  if (!event) throw new Error('the recording is empty');
  const events = Array.from({length: 1234}, (_, index) => ({...event, eventId: index + 1}));
  for (const update of portionsOf({type: 'events', workflowId: rootId, events})) portions.add(update);
  portions.add({type: 'closed', workflowId: rootId, result: {status: 'completed'}});
  expect(sent).toHaveLength(1);
  for (let taken = 0; taken < 20; taken++) portions.taken();
  const updates = sent.flat();
  const ids = updates.flatMap((update) =>
    update.type === 'events' ? update.events.map(({eventId}) => eventId) : [],
  );
  expect(ids).toEqual(events.map(({eventId}) => eventId));
  expect(updates.at(-1)?.type).toBe('closed');
  expect(sent.length).toBe(13);
});
