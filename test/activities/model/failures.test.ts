import {defaultFailureConverter, defaultPayloadConverter} from '@temporalio/common';
import {describe, expect, test} from 'vitest';
import type {ModelFailureType} from '../../../activities/model/model-failure.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, requestOf, secretKey, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import type {WireResponse} from './wire/server.ts';
import {json, sse, streamed, type Wire, type WireAnswer, type WireError} from './wire/wire.ts';

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
    'JSON that is no answer',
    () => json(200, {choices: []}),
    {type: 'ModelBadResponse', retryable: false, says: /application\/json/},
  ],
  [
    'text that is no answer',
    () => ({headers: {'content-type': 'text/plain'}, body: 'upstream connect error'}),
    {type: 'ModelBadResponse', retryable: false, says: /text\/plain.*check (OPENAI|ANTHROPIC)_BASE_URL/},
  ],
  [
    'an error as JSON with status 200',
    () => json(200, {error: {message: 'Slow down.', code: 429}}),
    {type: 'ModelRateLimited', retryable: true, says: /rate limit/},
  ],
  [
    'an answer of 33 MB',
    () => ({headers: eventStream, body: `: ${'x'.repeat(33_000_000)}`}),
    {type: 'ModelBadResponse', retryable: false, says: /more than 32 MB/},
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

const rateLimit: Expected = {type: 'ModelRateLimited', retryable: true, says: /rate limit/};
const overload: Expected = {type: 'ModelOverloaded', retryable: true, says: /overloaded: try again later/};
const breakdown: Expected = {type: 'ModelUnavailable', retryable: true, says: /try again later/};

/** What servers are known to send in the middle of a stream, as the data of an event. */
const streamedErrors: [string, unknown, Expected][] = [
  ['the code 429', {error: {code: 429, message: 'Slow.'}}, rateLimit],
  ['the code 502', {error: {code: 502, message: 'Bad gateway.'}}, {...breakdown, says: /status 502/}],
  ['the code 503', {error: {code: 503, message: 'Busy.'}}, overload],
  ['the code 504', {error: {code: 504, message: 'Late.'}}, {...breakdown, type: 'ModelTimeout'}],
  ['the code 529', {error: {code: 529, message: 'Busy.'}}, overload],
  ['the code "429"', {error: {code: '429', message: 'Slow.'}}, rateLimit],
  ['the code 401', {error: {code: 401, message: 'No.'}}, refusals.authentication],
  ['the code 400', {error: {code: 400, message: 'Bad tool.'}}, {...refusals.badRequest, says: /Bad tool/}],
  ['Google’s list', [{error: {code: 429, message: 'Slow.', status: 'RESOURCE_EXHAUSTED'}}], rateLimit],
  ['Google’s name alone', {error: {message: 'Busy.', status: 'UNAVAILABLE'}}, overload],
  ['vLLM’s form', {object: 'error', message: 'No.', type: 'BadRequestError', code: 400}, refusals.badRequest],
  ['OpenRouter’s choice', {choices: [{delta: {content: ''}, error: {code: 502, message: 'x'}}]}, breakdown],
  ['a sentence', {error: 'Rate limit reached for requests'}, rateLimit],
  ['another sentence', {error: 'The engine died'}, {...breakdown, says: /The engine died: try again later/}],
  ['an unknown code', {error: {code: 'upstream_error', message: 'Oh.'}}, {...breakdown, says: /Oh: try/}],
  ['a code of the request', {error: {type: 'invalid_request_error', message: 'Bad.'}}, refusals.badRequest],
];

/** Bodies of status 400 that do not have the shape of the provider's own. */
const foreignBodies: [string, WireResponse, RegExp][] = [
  ['a sentence for an error', json(400, {error: 'No such template.'}), /: No such template\.$/],
  ['vLLM’s form', json(400, {object: 'error', message: 'No tools.', code: 400}), /: No tools\.$/],
  ['FastAPI’s detail', json(422, {detail: [{msg: 'field required'}]}), /field required/],
  ['Google’s list', json(400, [{error: {code: 400, message: 'No schema.'}}]), /: No schema\.$/],
  ['a plain text', {status: 400, headers: {'content-type': 'text/plain'}, body: 'No luck.'}, /No luck\.$/],
];

/** Reasons that a wire's documentation does not have, or has for answers that are not whole. */
const strangeStops: [string, Expected][] = [
  ['error', {...breakdown, says: /broke its answer off with the reason “error”/}],
  ['insufficient_system_resource', {...breakdown, says: /“insufficient_system_resource”/}],
  ['MALFORMED_FUNCTION_CALL', {...breakdown, says: /“MALFORMED_FUNCTION_CALL”/}],
  ['MAX_TOKENS', {type: 'ModelOutputTruncated', retryable: false, says: /output limit/}],
  ['SAFETY', {type: 'ModelContentFiltered', retryable: false, says: /filter/}],
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
    const words = `Incorrect key ${secretKey}\nfor org-1 \ud83d. See /home/someone/app.js`;
    const server = await serve(wire, () => wire.error(kind as WireError, words));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
    expect(server.requests).toHaveLength(1);
  });

  test.each(responses)('classifies %s', async (_name, respond, expected) => {
    const server = await serve(wire, () => respond(wire));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
    expect(server.requests).toHaveLength(1);
  });

  test.each(streamedErrors)('classifies an error inside a stream: %s', async (_name, data, expected) => {
    const beginning = wire
      .events({text: ['Half an ', 'answer']})
      .slice(0, -3)
      .join('');
    const server = await serve(wire, () => ({headers: eventStream, body: beginning + sse(data)}));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
  });

  test('classifies an event named error that has a plain text', async () => {
    const server = await serve(wire, () => ({headers: eventStream, body: sse('Too many requests', 'error')}));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), rateLimit);
  });

  test.each(foreignBodies)('quotes a refusal in %s', async (_name, response, says) => {
    const server = await serve(wire, () => response);
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expectFailure(failure, {type: 'ModelBadRequest', retryable: false, says});
  });

  test.each(strangeStops)('lets no answer pass that ended with %s', async (reason, expected) => {
    const {headers = {}, body = ''} = streamed(wire, {text: ['Half'], stop: 'length'});
    const answer = body.replaceAll(/"(length|max_tokens|max_output_tokens)"/g, JSON.stringify(reason));
    const server = await serve(wire, () => ({headers, body: answer}));
    expectFailure(await failureOf(ask(wire, server.origin, requestOf(wire))), expected);
  });

  test.each([
    ['badRequest', 'true', true],
    ['rateLimited', 'false', false],
    ['rateLimited', 'perhaps', true],
  ] as const)('obeys x-should-retry: %s, %s', async (kind, header, retryable) => {
    const server = await serve(wire, () => {
      const response = wire.error(kind, 'No.');
      return {...response, headers: {...response.headers, 'x-should-retry': header, 'retry-after': '7'}};
    });
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect({retryable: !failure.nonRetryable, delay: failure.nextRetryDelay}).toEqual({
      retryable,
      delay: retryable ? 7000 : undefined,
    });
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
  expect(`${failure.message}${failure.stack}`.isWellFormed()).toBe(true);
  const recorded = JSON.stringify(defaultFailureConverter.errorToFailure(failure, defaultPayloadConverter));
  expect(recorded).not.toContain(secretKey);
  expect(recorded).not.toContain(import.meta.dirname);
  expect(recorded).not.toMatch(/node_modules|\bat .*:\d+:\d+/);
}
