import {status} from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import {afterEach, beforeEach, expect, it, vi} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, SessionUpdate} from '../../source/session/session.ts';
import {type BrokenServer, startBroken} from './broken-server.ts';

const {GetWorkflowExecutionHistoryResponse} = proto.temporal.api.workflowservice.v1;

let server: BrokenServer;
let session: Session;
let updates: SessionUpdate[];

beforeEach(async () => {
  server = await startBroken();
  session = await openSession({
    server: {address: server.address, namespace: 'default'},
    agent: defaultAgent,
    taskQueue: 'q',
  });
  updates = [];
  session.subscribe((update) => updates.push(update));
});

afterEach(async () => {
  await session.close();
  server.stop();
});

/** Events from 1 to a number, and whether more are to come. */
function page(count: number, isLast = false): Uint8Array {
  const events = Array.from({length: count}, (_, index) => ({
    eventId: index + 1,
    eventType: index === 0 ? 1 : isLast && index === count - 1 ? 2 : 9,
  }));
  return GetWorkflowExecutionHistoryResponse.encode({
    history: {events} as never,
    nextPageToken: isLast ? new Uint8Array() : Uint8Array.of(1),
  }).finish();
}

it.each([
  ['deleted', {code: status.NOT_FOUND, details: 'workflow execution not found'}, 'it was deleted'],
  ['broken', Uint8Array.of(255, 255, 255), 'The history cannot be decoded: index'],
  ['forbidden', {code: status.PERMISSION_DENIED, details: 'no'}, 'refuses this: no'],
  ['odd', {code: status.UNIMPLEMENTED, details: 'unknown method'}, 'unknown method'],
])('a history that is %s ends the following, in words', async (_title, answer, words) => {
  server.answers = [page(2), answer];
  await session.attach('w');
  await vi.waitFor(() => expect(updates.at(-1)?.type).toBe('unfollowable'));
  expect(updates.at(-1)).toMatchObject({workflowId: 'w', message: expect.stringContaining(words)});
  expect(updates.filter(({type}) => type === 'connection')).toEqual([]);
  server.answers = [page(3, true)];
  await session.attach('w');
  await vi.waitFor(() =>
    expect(updates.at(-1)).toMatchObject({type: 'closed', result: {status: 'completed'}}),
  );
});

it('says when the server goes away and comes back, and tells every event once', async () => {
  server.answers = [page(2), 'nothing'];
  await session.attach('w');
  await vi.waitFor(() => expect(server.answers).toEqual(['nothing']));
  server.stop();
  await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({type: 'connection', state: 'lost'}), 5000);
  server.answers = [page(3, true)];
  await server.start();
  await vi.waitFor(() => expect(updates.at(-1)?.type).toBe('closed'), 10_000);
  const events = updates.flatMap((update) => (update.type === 'events' ? update.events : []));
  expect(events.map(({eventId}) => eventId)).toEqual([1, 2, 3]);
  const restored = {type: 'connection', state: 'restored', message: 'The server answers again.'};
  await vi.waitFor(() => expect(updates).toContainEqual(restored), 10_000);
});
