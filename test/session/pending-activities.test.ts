import {beforeEach, describe, expect, it, onTestFinished, vi} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {openSession} from '../../source/session/open-session.ts';
import type {Session, SessionUpdate} from '../../source/session/session.ts';
import {patience} from '../patience.ts';
import {type Answer, startTold, type ToldServer} from './told-server.ts';
import {asPayload, described, forbidden, started} from './told-values.ts';

let server: ToldServer;
let session: Session;
let updates: SessionUpdate[];

beforeEach(async () => {
  server = await startTold();
  const connection = {address: server.address, namespace: 'default'};
  session = await openSession({server: connection, agent: defaultAgent, taskQueue: 'q'});
  updates = [];
  session.subscribe((update) => updates.push(update));
  return () => session.close();
});

describe('activities in flight', () => {
  const scheduled = (eventId: number) => ({
    eventId,
    eventType: 10,
    activityTaskScheduledEventAttributes: {activityId: `a${eventId}`, activityType: {name: 'x'}},
  });
  const lasting = (...events: object[]) => {
    const pages: Answer[] = [{history: {events}, nextPageToken: Buffer.from('more').toString('base64')}];
    server.tell.GetWorkflowExecutionHistory = () => pages.shift() ?? 'nothing';
  };
  const pendingUpdates = () =>
    updates.flatMap((update) => (update.type === 'pending' ? [update.pending] : []));

  it('are told as the server has them, and again only when that changes', async () => {
    lasting(started(), scheduled(2), scheduled(3));
    let pending: object[] = [
      {
        activityId: 'a',
        state: 1,
        attempt: 2,
        nextAttemptScheduleTime: {seconds: 9},
        lastFailure: {message: 'no'},
      },
      {
        activityId: 'b',
        state: 2,
        attempt: 1,
        lastWorkerIdentity: 'me',
        nextAttemptScheduleTime: {seconds: 9},
      },
      {activityId: 'c', state: 3, heartbeatDetails: {payloads: [asPayload({tail: 't', offset: 1})]}},
      {activityId: 'd', state: 4, attempt: 1, heartbeatDetails: {payloads: [asPayload({tail: 't'})]}},
      {activityId: 'e', state: 2, attempt: 1, heartbeatDetails: {payloads: [asPayload(null)]}},
      {activityId: 'f', state: 2, attempt: 1, heartbeatDetails: {payloads: [asPayload({offset: 1})]}},
      {
        activityId: 'g',
        state: 2,
        attempt: 1,
        lastFailure: {message: ''},
        heartbeatDetails: {payloads: [asPayload('tail')]},
      },
    ];
    server.tell.DescribeWorkflowExecution = () => ({...described('r1', 'r1'), pendingActivities: pending});
    await session.attach('w');
    await vi.waitFor(() => expect(pendingUpdates()).toHaveLength(1), patience);
    expect(pendingUpdates()[0]).toEqual([
      {activityId: 'a', attempt: 2, state: 'scheduled', lastFailure: 'no', nextAttemptTime: 9000},
      {activityId: 'b', attempt: 1, state: 'started', worker: 'me'},
      {activityId: 'c', attempt: 0, state: 'cancelRequested', streamedText: {tail: 't', offset: 1}},
      {activityId: 'd', attempt: 1, state: 'scheduled'},
      {activityId: 'e', attempt: 1, state: 'started'},
      {activityId: 'f', attempt: 1, state: 'started'},
      {activityId: 'g', attempt: 1, state: 'started'},
    ]);
    const asked = () => server.requestsOf('DescribeWorkflowExecution').length;
    const before = asked();
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(before + 2), patience);
    expect(pendingUpdates()).toHaveLength(1);
    pending = [];
    await vi.waitFor(() => expect(pendingUpdates()).toHaveLength(2), patience);
  });

  it.each([
    ['completed', 12, {activityTaskCompletedEventAttributes: {scheduledEventId: 2}}],
    ['failed', 13, {activityTaskFailedEventAttributes: {scheduledEventId: 2}}],
    ['timed out', 14, {activityTaskTimedOutEventAttributes: {scheduledEventId: 2}}],
    ['canceled', 16, {activityTaskCanceledEventAttributes: {scheduledEventId: 2}}],
  ])('that have %s are asked for no more', async (_what, eventType, attributes) => {
    lasting(started(), scheduled(2), {eventId: 3, eventType, ...attributes});
    server.tell.DescribeWorkflowExecution = () => described('r1', 'r1');
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    onTestFinished(() => void vi.useRealTimers());
    await session.attach('w');
    while (!updates.some(({type}) => type === 'events')) await new Promise(setImmediate);
    const asked = server.requestsOf('DescribeWorkflowExecution').length;
    await vi.advanceTimersByTimeAsync(1000);
    // Answered after whatever would have been asked by now.
    await session.cancel('w');
    expect(server.requestsOf('DescribeWorkflowExecution')).toHaveLength(asked);
  });

  it('of a run that cannot be followed any more are none that is known of', async () => {
    const pages: Answer[] = [{history: {events: [started(), scheduled(2)]}, nextPageToken: 'bW9yZQ=='}];
    let refuse = (_: Answer) => {};
    server.tell.GetWorkflowExecutionHistory = () =>
      pages.shift() ?? new Promise<Answer>((resolve) => (refuse = resolve));
    const pendingActivities = [{activityId: 'a', state: 2, attempt: 1}];
    server.tell.DescribeWorkflowExecution = () => ({...described('r1', 'r1'), pendingActivities});
    await session.attach('w');
    await vi.waitFor(() => expect(pendingUpdates()).toHaveLength(1), patience);
    refuse(forbidden);
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({type: 'pending', pending: []}), patience);
    expect(updates.at(-2)).toMatchObject({type: 'unfollowable'});
  });
});
