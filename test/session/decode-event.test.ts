import proto from '@temporalio/proto';
import {describe, expect, it} from 'vitest';
import {decodeEvent, decodePayload, toMilliseconds} from '../../source/session/decode-event.ts';

const {HistoryEvent} = proto.temporal.api.history.v1;
const {EVENT_TYPE_ACTIVITY_TASK_SCHEDULED, EVENT_TYPE_WORKFLOW_EXECUTION_STARTED} =
  proto.temporal.api.enums.v1.EventType;
const bytes = (text: string) => Buffer.from(text);
const json = (value: unknown) => ({
  metadata: {encoding: bytes('json/plain')},
  data: bytes(JSON.stringify(value)),
});

/** An event as it comes off the wire. */
function received(event: object) {
  return HistoryEvent.decode(HistoryEvent.encode(HistoryEvent.fromObject(event)).finish());
}

describe('an event', () => {
  it('is plain data: payloads are values, times milliseconds, enumerations words', () => {
    const event = received({
      eventId: 5,
      eventType: EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      eventTime: {seconds: 12, nanos: 345_000_000},
      activityTaskScheduledEventAttributes: {
        activityId: 't1.c1',
        activityType: {name: 'sandbox.write_file'},
        taskQueue: {name: 'q', kind: 1},
        input: {payloads: [json({path: 'a'}), json(7)]},
        startToCloseTimeout: {seconds: 30},
        retryPolicy: {initialInterval: {nanos: 500_000_000}, backoffCoefficient: 1.5},
        header: {fields: {tracer: json('on')}},
        heartbeatTimeout: {},
        scheduleToCloseTimeout: {seconds: 1, nanos: 1_000_000},
        priority: {},
      },
    });
    expect(decodeEvent('w', 'r', event)).toEqual({
      workflowId: 'w',
      runId: 'r',
      eventId: 5,
      eventType: 'ActivityTaskScheduled',
      time: 12_345,
      attributes: {
        activityId: 't1.c1',
        activityType: {name: 'sandbox.write_file'},
        taskQueue: {name: 'q', kind: 'TASK_QUEUE_KIND_NORMAL'},
        input: [{path: 'a'}, 7],
        startToCloseTimeout: 30_000,
        retryPolicy: {initialInterval: 500, backoffCoefficient: 1.5},
        header: {fields: {tracer: 'on'}},
        heartbeatTimeout: {},
        scheduleToCloseTimeout: 1001,
        priority: {},
      },
    });
  });

  it('keeps what people wrote beside it', () => {
    const event = received({
      eventId: 1,
      eventType: EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
      userMetadata: {summary: json('a summary')},
      workflowExecutionStartedEventAttributes: {attempt: 1},
    });
    expect(decodeEvent('w', 'r', event).attributes).toEqual({
      attempt: 1,
      userMetadata: {summary: 'a summary'},
    });
  });

  it('may have no attributes and no time', () => {
    expect(decodeEvent('w', 'r', received({eventId: 3}))).toMatchObject({
      eventId: 3,
      time: 0,
      attributes: {},
    });
  });

  it('shows bytes as text that JSON can hold', () => {
    const event = received({
      eventType: EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
      workflowExecutionStartedEventAttributes: {continuedFailure: {encodedAttributes: json({message: 'm'})}},
    });
    expect(decodeEvent('w', 'r', event).attributes).toEqual({
      continuedFailure: {encodedAttributes: {message: 'm'}},
    });
    const made = {
      eventType: EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
      workflowExecutionStartedEventAttributes: {identity: Buffer.from('hi') as never, cronSchedule: null},
    };
    expect(decodeEvent('w', 'r', made).attributes).toEqual({identity: 'aGk='});
  });
});

describe('a payload', () => {
  it.each<[string, object, unknown]>([
    ['JSON', json({a: [1, null]}), {a: [1, null]}],
    ['nothing', {metadata: {encoding: bytes('binary/null')}}, null],
    [
      'encrypted',
      {metadata: {encoding: bytes('binary/encrypted')}, data: bytes('12345')},
      {undecodable: 'binary/encrypted', bytes: 5},
    ],
    [
      'broken JSON',
      {metadata: {encoding: bytes('json/plain')}, data: bytes('{')},
      {undecodable: 'json/plain', bytes: 1},
    ],
    ['of no encoding', {metadata: {}, data: bytes('x')}, {undecodable: 'unknown', bytes: 1}],
    ['of nothing at all', {metadata: null, data: null}, {undecodable: 'unknown', bytes: 0}],
  ])('that is %s', (_what, payload, value) => {
    expect(decodePayload(payload)).toEqual(value);
  });
});

it.each([
  [{seconds: 2, nanos: 5_000_000}, 2005],
  [{nanos: 1_000_000}, 1],
  [{seconds: 3}, 3000],
  [null, 0],
  [undefined, 0],
])('%j is %d milliseconds', (time, milliseconds) => {
  expect(toMilliseconds(time)).toBe(milliseconds);
});
