import {describe, expect, it} from 'vitest';
import type {Change} from '../../../source/server/run/change.ts';
import type {Update} from '../../../source/server/run/pending.ts';
import {
  abortUpdates,
  admitUpdate,
  hasReached,
  hasUnsentUpdates,
  receiveUpdateMessage,
  rejectUnprocessedUpdates,
  resendUpdates,
  sendUpdates,
  stageOf,
} from '../../../source/server/run/update.ts';
import {temporal} from '../../../source/server/wire/proto.ts';
import {plain, Scene} from './scene.ts';

const {Acceptance, Rejection, Request, Response} = temporal.api.update.v1;
const request = (updateId: string) => ({meta: {updateId, identity: 'client'}, input: {name: 'add'}});

function message(kind: string, value: Uint8Array, id = 'u') {
  const body = {type_url: `type.googleapis.com/temporal.api.update.v1.${kind}`, value};
  return {protocolInstanceId: id, body};
}
const accepted = message(
  'Acceptance',
  Acceptance.encode({
    acceptedRequestMessageId: 'u/request',
    acceptedRequestSequencingEventId: 2 as never,
  }).finish(),
);
const rejected = message('Rejection', Rejection.encode({failure: {message: 'no'}}).finish());
const answered = message(
  'Response',
  Response.encode({meta: {updateId: 'u'}, outcome: {success: {}}}).finish(),
);

/** A run with an update `u`, and what is done to it. */
function admitted(...steps: ((change: Change) => unknown)[]): Scene {
  const scene = new Scene().start();
  scene.change((change) => admitUpdate(change, request('u')));
  for (const step of steps) scene.change(step);
  return scene;
}

const send = (change: Change) => sendUpdates(change, 3);
const receive = (what: object) => (change: Change) => receiveUpdateMessage(change, what);
const update = ({run}: Scene) => run.updates.get('u') as Update;
const moved = ({publications}: Scene) =>
  publications.flatMap((publication) => (publication.kind === 'updateMoved' ? [publication.update] : []));

describe('an update', () => {
  it('is taken in once', () => {
    const scene = admitted();
    scene.change((change) => admitUpdate(change, {...request('u'), input: {name: 'other'}}));
    expect([...scene.run.updates.values()]).toEqual([
      {
        state: 'admitted',
        updateId: 'u',
        request: request('u'),
        acceptedEventId: 0,
        outcome: null,
        abortedBy: undefined,
      },
    ]);
    expect(hasUnsentUpdates(scene.run)).toBe(true);
  });

  it('is sent to the worker right before its task starts', () => {
    const scene = admitted();
    const messages = scene.change((change) => sendUpdates(change, 7));
    expect(messages).toEqual([
      {
        id: 'u/request',
        protocolInstanceId: 'u',
        eventId: 6,
        body: {
          type_url: 'type.googleapis.com/temporal.api.update.v1.Request',
          value: Request.encode(request('u')).finish(),
        },
      },
    ]);
    expect(update(scene).state).toBe('sent');
    expect(hasUnsentUpdates(scene.run)).toBe(false);
  });

  it('is sent again until it is answered', () => {
    const scene = admitted(send);
    expect(scene.change(send)).toHaveLength(1);
    scene.change(resendUpdates);
    expect(update(scene).state).toBe('admitted');
    expect(hasUnsentUpdates(scene.run)).toBe(true);
    scene.change(send);
    scene.change(receive(accepted));
    scene.change(resendUpdates);
    expect(update(scene).state).toBe('accepted');
    expect(scene.change(send)).toEqual([]);
  });

  it('that is accepted and answered has two events', () => {
    const scene = admitted(send, receive(accepted));
    expect(update(scene)).toMatchObject({state: 'accepted', acceptedEventId: 3});
    expect(moved(scene)).toHaveLength(1);
    scene.change(receive(answered));
    expect(scene.lines(3)).toMatchInlineSnapshot(`
      [
        "3 +0 workflowExecutionUpdateAccepted {protocolInstanceId: "u", acceptedRequestMessageId: "u/request", acceptedRequestSequencingEventId: {low: 2, high: 0, unsigned: false}, acceptedRequest: {meta: {updateId: "u", identity: "client"}, input: {name: "add"}}}",
        "4 +0 workflowExecutionUpdateCompleted {meta: {updateId: "u"}, acceptedEventId: 3, outcome: {success: {}}}",
      ]
    `);
    expect(plain(update(scene).outcome)).toBe('{success: {}}');
    expect(moved(scene)).toHaveLength(1);
  });

  it('that is rejected leaves no trace', () => {
    const scene = admitted(send, receive(rejected));
    expect(moved(scene)).toMatchObject([{state: 'completed', outcome: {failure: {message: 'no'}}}]);
    expect(scene.run.updates.size).toBe(0);
    expect(scene.run.history.length).toBe(2);
  });

  it.each([
    ['of another update', {...accepted, protocolInstanceId: 'other'}],
    ['of no update', {}],
    ['of no kind', {protocolInstanceId: 'u'}],
    ['of another kind', message('Request', new Uint8Array())],
  ])('is not moved by a message %s', (_what, sent) => {
    const scene = admitted(send, receive(sent));
    expect(update(scene).state).toBe('sent');
    expect(scene.run.history.length).toBe(2);
  });

  it('that the worker did not look at is rejected, others are not', () => {
    const scene = admitted(send);
    scene.change((change) => admitUpdate(change, request('later')));
    scene.change(rejectUnprocessedUpdates);
    expect(plain(moved(scene)[0]?.outcome)).toMatchInlineSnapshot(
      `"{failure: {message: "Workflow Update is rejected because it wasn't processed by worker. Probably,  Workflow Update is not supported by the worker.", source: "Server", applicationFailureInfo: {type: "UnprocessedUpdate", nonRetryable: true}}}"`,
    );
    expect([...scene.run.updates.keys()]).toEqual(['later']);
  });
});

describe('when its run closes an update', () => {
  it.each(['closing', 'closed'] as const)('that was not accepted is given up: %s', (abortedBy) => {
    for (const scene of [admitted(), admitted(send)]) {
      scene.change((change) => abortUpdates(change, abortedBy));
      expect(update(scene)).toMatchObject({state: 'aborted', abortedBy, outcome: null});
      expect(moved(scene)).toHaveLength(1);
      scene.change((change) => abortUpdates(change, abortedBy));
      expect(moved(scene)).toHaveLength(0);
    }
  });

  it('that was accepted fails', () => {
    const scene = admitted(send, receive(accepted));
    scene.change((change) => abortUpdates(change, 'closed'));
    expect(update(scene)).toMatchObject({state: 'completed', abortedBy: undefined});
    expect(plain(update(scene).outcome)).toMatchInlineSnapshot(
      `"{failure: {message: "Workflow Update failed because the Workflow completed before the Update completed.", source: "Server", applicationFailureInfo: {type: "AcceptedUpdateCompletedWorkflow", nonRetryable: true}}}"`,
    );
  });

  it('that was answered keeps its answer', () => {
    const scene = admitted(send, receive(accepted), receive(answered));
    scene.change((change) => abortUpdates(change, 'closed'));
    expect(moved(scene)).toEqual([]);
    expect(plain(update(scene).outcome)).toBe('{success: {}}');
  });
});

it('clients know three stages', () => {
  const stage = (state: Update['state']) => stageOf({state} as Update);
  expect(stage('admitted')).toBe(1);
  expect(stage('sent')).toBe(1);
  expect(stage('accepted')).toBe(2);
  expect(stage('completed')).toBe(3);
  expect(stage('aborted')).toBe(0);
  const reached = (state: Update['state'], wanted: number) => hasReached({state} as Update, wanted);
  expect([reached('sent', 1), reached('sent', 2)]).toEqual([true, false]);
  expect([reached('accepted', 2), reached('accepted', 3)]).toEqual([true, false]);
  expect(reached('aborted', 3)).toBe(true);
});
