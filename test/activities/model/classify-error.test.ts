import {describe, expect, test} from 'vitest';
import {classifyError, cleanMessage} from '../../../activities/model/classify-error.ts';
import {type ErrorFacts, readError} from '../../../activities/model/error-facts.ts';
import type {ErrorContext} from '../../../activities/model/error-rules.ts';

const context: ErrorContext = {
  service: 'OpenAI',
  host: 'api.openai.com',
  model: 'gpt-5.5',
  apiKey: 'secret-0123',
  keyVariable: 'OPENAI_API_KEY',
  addressVariable: 'OPENAI_BASE_URL',
};

const answer: ErrorFacts = {kind: 'answer', codes: [], message: '', html: false, streamed: false};

describe('what an error means', () => {
  test.each<[string, Partial<ErrorFacts>, string, boolean]>([
    ['status 408', {status: 408}, 'ModelTimeout', true],
    ['status 504', {status: 504}, 'ModelTimeout', true],
    ['a timeout of ours', {kind: 'timeout'}, 'ModelTimeout', true],
    ['a lost connection', {kind: 'connection', systemCode: 'ECONNRESET'}, 'ModelUnavailable', true],
    ['status 409', {status: 409}, 'ModelUnavailable', true],
    ['status 520 of a proxy', {status: 520, html: true}, 'ModelUnavailable', true],
    ['status 503', {status: 503}, 'ModelOverloaded', true],
    ['an overload inside a stream', {codes: ['overloaded_error']}, 'ModelOverloaded', true],
    ['a rate limit inside a stream', {codes: ['rate_limit_exceeded']}, 'ModelRateLimited', true],
    [
      'an exhausted quota with status 429',
      {status: 429, codes: ['insufficient_quota']},
      'ModelQuotaExceeded',
      false,
    ],
    [
      'an empty balance with status 400',
      {status: 400, message: 'Your credit balance is too low to access the API.'},
      'ModelQuotaExceeded',
      false,
    ],
    ['a spend limit', {status: 400, codes: ['enforced_spend_limit_reached']}, 'ModelQuotaExceeded', false],
    ['status 401 with a vague code', {status: 401, codes: ['server_error']}, 'ModelAuthentication', false],
    ['a wrong key with status 400', {status: 400, codes: ['invalid_api_key']}, 'ModelAuthentication', false],
    ['a page that asks to sign in', {status: 403, html: true}, 'ModelBadResponse', false],
    [
      'a prompt too long for a local server',
      {status: 400, message: "This model's maximum context length is 4096 tokens."},
      'ModelContextTooLong',
      false,
    ],
    ['an unknown model', {status: 404, codes: ['not_found_error']}, 'ModelNotFound', false],
    ['status 422', {status: 422, message: 'input: too odd'}, 'ModelBadRequest', false],
    ['a code that is new', {codes: ['bio_policy']}, 'ModelBadRequest', false],
    ['a bug or nonsense', {kind: 'unreadable', message: 'x is undefined'}, 'ModelBadResponse', true],
  ])('%s', (_name, facts, type, retryable) => {
    const failure = classifyError({...answer, ...facts}, context);
    expect(failure).toMatchObject({type, retryable});
    expect(failure.message).toMatch(/^[A-Za-z].*\.$/);
  });

  test('a retry-after counts only where another attempt can help', () => {
    expect(classifyError({...answer, status: 429, retryAfter: 5}, context).retryAfter).toBe(5);
    expect(classifyError({...answer, status: 400, retryAfter: 5}, context).retryAfter).toBeUndefined();
  });
});

describe('what is read of an error', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  test.each([
    ['a date', 'Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['a date that has passed', 'Thu, 01 Jan 2025 00:00:00 GMT', undefined],
    ['a fraction of a second', '0.5', 500],
    ['nothing to wait for', '0', undefined],
    ['a negative number', '-3', undefined],
    ['a word', 'Infinity', 600_000],
  ])('a retry-after that is %s', (_name, value, expected) => {
    const error = {status: 429, headers: new Headers({'retry-after': value}), message: 'm'};
    expect(readError(error, now).retryAfter).toBe(expected);
  });

  test('the code of a connection’s cause', () => {
    const error = new TypeError('fetch failed', {cause: Object.assign(new Error('x'), {code: 'ENOTFOUND'})});
    expect(readError(error, now)).toMatchObject({kind: 'connection', systemCode: 'ENOTFOUND'});
  });

  test.each([[undefined], [null], ['text'], [42], [new Error('x', {cause: 'y'})]])(
    'anything thrown: %s',
    (error) => {
      expect(readError(error, now).kind).toBe('unreadable');
    },
  );
});

test.each([
  ['the key', 'no secret-0123 here', 'no [key] here'],
  ['what looks like a key', 'wrong: sk-ant-abc***123.', 'wrong: [key].'],
  ['control sequences', 'a\u001b[31mb\u0007\u202ec', 'a [31mb c'],
  ['line breaks', 'a\r\n\n b', 'a b'],
])('messages hold no %s', (_name, text, expected) => {
  expect(cleanMessage(text, 'secret-0123')).toBe(expected);
});

test.each(['key', 'EMPTY', 'none'])('a key that is just a word garbles nothing: %s', (key) => {
  const text = `${key} is not the key: EMPTY or none`;
  expect(cleanMessage(text, key)).toBe(text);
});

test('messages are at most 500 characters', () => {
  expect(cleanMessage('x'.repeat(2000), 'sk-secret')).toHaveLength(500);
});
