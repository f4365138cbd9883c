import {defaultFailureConverter, defaultPayloadConverter} from '@temporalio/common';
import {describe, expect, test} from 'vitest';
import type {ModelFailureType} from '../../../activities/model/model-failure.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, requestOf, secretKey, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import type {WireResponse} from './wire/server.ts';
import {json, streamed, type Wire, type WireAnswer, type WireError} from './wire/wire.ts';

interface Expected {
  type: ModelFailureType;
  retryable: boolean;
  /** A word of the advice. */
  says: RegExp;
}

const refusals: Record<WireError, Expected> = {
  authentication: {type: 'ModelAuthentication', retryable: false, says: /check (OPENAI|ANTHROPIC)_API_KEY/},
  badRequest: {type: 'ModelBadRequest', retryable: false, says: /refused the request/},
  contextTooLong: {type: 'ModelContextTooLong', retryable: false, says: /start a new one/},
  overloaded: {type: 'ModelOverloaded', retryable: true, says: /overloaded: try again later/},
  permission: {type: 'ModelAuthentication', retryable: false, says: /check the rights/},
  quota: {type: 'ModelQuotaExceeded', retryable: false, says: /add credit/},
  rateLimited: {type: 'ModelRateLimited', retryable: true, says: /rate limit/},
  serverError: {type: 'ModelUnavailable', retryable: true, says: /status 500: try again later/},
  unknownModel: {type: 'ModelNotFound', retryable: false, says: /check --model/},
};

const html = '<!DOCTYPE html><html><body>Sign in</body></html>';
const eventStream = {'content-type': 'text/event-stream'};

/** All but the last three events: the answer's end is missing. */
function cutOff(wire: Wire, ending: NonNullable<WireResponse['ending']>): WireResponse {
  const events = wire.events({text: ['Half an ', 'answer']}).slice(0, -3);
  return {headers: eventStream, body: events.join(''), ending};
}

const responses: [string, (wire: Wire) => WireResponse, Expected][] = [
  [
    'a connection that is torn down in the middle',
    (wire) => cutOff(wire, 'destroy'),
    {type: 'ModelUnavailable', retryable: true, says: /connection/i},
  ],
  [
    'a stream that ends in the middle',
    (wire) => cutOff(wire, 'end'),
    {type: 'ModelUnavailable', retryable: true, says: /before the answer was complete/},
  ],
  [
    'an error inside a stream',
    (wire) => ({headers: eventStream, body: wire.streamedError('serverError', 'The server had an error.')}),
    {type: 'ModelUnavailable', retryable: true, says: /failed: try again later/},
  ],
  [
    'a web page instead of JSON',
    () => ({headers: {'content-type': 'text/html'}, body: html}),
    {type: 'ModelBadResponse', retryable: false, says: /web page.*check (OPENAI|ANTHROPIC)_BASE_URL/},
  ],
  [
    'a web page with status 404',
    () => ({status: 404, headers: {'content-type': 'text/html'}, body: html}),
    {type: 'ModelBadResponse', retryable: false, says: /web page/},
  ],
  [
    'a web page with status 502',
    () => ({status: 502, headers: {'content-type': 'text/html'}, body: html}),
    {type: 'ModelUnavailable', retryable: true, says: /status 502/},
  ],
  [
    'JSON instead of a stream',
    () => json(200, {choices: []}),
    {type: 'ModelBadResponse', retryable: false, says: /application\/json/},
  ],
  [
    'events that are no JSON',
    () => ({headers: eventStream, body: 'event: message_start\ndata: {"oops\n\n'}),
    {type: 'ModelBadResponse', retryable: true, says: /cannot be read/},
  ],
  [
    'a request that is too large',
    () => json(413, {error: {message: 'too large'}}),
    {type: 'ModelContextTooLong', retryable: false, says: /start a new one/},
  ],
];

const stops: [string, WireAnswer, Expected][] = [
  [
    'an answer cut at the output limit',
    {text: ['Half'], stop: 'length'},
    {type: 'ModelOutputTruncated', retryable: false, says: /ask for less/},
  ],
  [
    'a call cut at the output limit',
    {calls: [{id: 'x', name: 'read_file', arguments: ['{"pa']}], stop: 'length'},
    {type: 'ModelOutputTruncated', retryable: false, says: /output limit/},
  ],
  [
    'a refusal',
    {refusal: 'I will not.', stop: 'refusal'},
    {type: 'ModelRefused', retryable: false, says: /rephrase the task.*I will not\./},
  ],
];

describe.each([responsesWire, chatWire, anthropicWire])('$provider', (wire) => {
  test.each(Object.entries(refusals))('classifies %s', async (kind, expected) => {
    const words = `Incorrect key ${secretKey}\nfor org-1. See /home/someone/app.js`;
    const server = await serve(wire, () => wire.error(kind as WireError, words));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
    expect(server.requests).toHaveLength(1);
  });

  test.each(responses)('classifies %s', async (_name, respond, expected) => {
    const server = await serve(wire, () => respond(wire));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
    expect(server.requests).toHaveLength(1);
  });

  test.each(stops)('classifies %s', async (_name, answer, expected) => {
    const server = await serve(wire, () => streamed(wire, answer));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
  });

  test('classifies a content filter', async () => {
    const server = await serve(wire, () => streamed(wire, {text: ['Half'], stop: 'filter'}));
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure).toMatchObject({
      type: wire.provider === 'anthropic' ? 'ModelRefused' : 'ModelContentFiltered',
      nonRetryable: true,
    });
  });

  test('classifies an answer that is too large for a history', async () => {
    const server = await serve(wire, () => {
      const {body = '', headers = {}} = streamed(wire, {text: ['ab', 'x'.repeat(1_100_000)]});
      return {headers, body};
    });
    const asking = ask(wire, server.origin, requestOf(wire));
    expectFailure(await failureOf(asking), {type: 'ModelBadResponse', retryable: false, says: /1 MB/});
  });

  test('classifies a refused connection', async () => {
    const server = await serve(wire, () => ({}));
    await server.close();
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expectFailure(failure, {type: 'ModelUnavailable', retryable: true, says: /ECONNREFUSED.*_BASE_URL/});
  });

  test.each([
    ['seconds', {'retry-after': '7'}, 7000],
    ['milliseconds', {'retry-after-ms': '1500', 'retry-after': '2'}, 1500],
    ['more than ten minutes', {'retry-after': '86400'}, 600_000],
    ['nonsense', {'retry-after': 'soon'}, undefined],
  ])('takes over a retry-after of %s', async (_name, headers, delay) => {
    const server = await serve(wire, () => {
      const response = wire.error('rateLimited', 'Slow down.');
      return {...response, headers: {...response.headers, ...headers}};
    });
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure.nextRetryDelay).toBe(delay);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['in the middle of the text', (wire: Wire) => cutOff(wire, 'hang')],
    ['before the first event', () => ({headers: eventStream, ending: 'hang' as const})],
  ])('aborts the HTTP request when it is cancelled %s', async (_name, respond) => {
    const cancellation = new AbortController();
    const server = await serve(wire, () => {
      setTimeout(() => cancellation.abort(new Error('cancelled by the test')), 20);
      return respond(wire);
    });
    const asking = ask(wire, server.origin, requestOf(wire), cancellation.signal);
    await expect(asking).rejects.toThrow('cancelled by the test');
    await server.requests[0]?.abandoned;
    expect(server.requests).toHaveLength(1);
  });

  test('sends nothing when it is cancelled already', async () => {
    const server = await serve(wire, () => streamed(wire, {text: ['Hi.']}));
    const asking = ask(wire, server.origin, requestOf(wire), AbortSignal.abort(new Error('too late')));
    await expect(asking).rejects.toThrow('too late');
    expect(server.requests).toHaveLength(0);
  });
});

/** Looks at the failure as it would enter a history too: there it must hold no key, no stack and no path. */
function expectFailure(failure: Awaited<ReturnType<typeof failureOf>>, {type, retryable, says}: Expected) {
  expect({type: failure.type, retryable: !failure.nonRetryable}).toEqual({type, retryable});
  expect(failure.message).toMatch(says);
  expect(failure.message).not.toMatch(/[\n\r]/);
  const recorded = JSON.stringify(defaultFailureConverter.errorToFailure(failure, defaultPayloadConverter));
  expect(recorded).not.toContain(secretKey);
  expect(recorded).not.toContain(import.meta.dirname);
  expect(recorded).not.toMatch(/node_modules|\bat .*:\d+:\d+/);
}
