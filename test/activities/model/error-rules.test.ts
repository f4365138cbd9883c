import {expect, it} from 'vitest';
import {classifyError} from '../../../activities/model/classify-error.ts';
import {type ErrorFacts, readError} from '../../../activities/model/error-facts.ts';
import type {ErrorContext} from '../../../activities/model/error-rules.ts';
import {StreamedError} from '../../../activities/model/streamed-error.ts';

// Each rule with what it just fits, beside what it just does not fit.
const context: ErrorContext = {
  service: 'Service',
  host: 'h.example',
  model: 'm-1',
  apiKey: 'secret-0123',
  keyVariable: 'THE_KEY',
  addressVariable: 'THE_URL',
};
const answer: ErrorFacts = {kind: 'answer', codes: [], message: '', html: false, streamed: false};
const refused = 'Service refused the request to m-1.';
const inStream = (message: string) => ({streamed: true, message});
const brokenOff = (words: string) => `Service broke the answer off: ${words}: try again later.`;
const overloaded = 'Service is overloaded: try again later, or use another model.';
const limited = 'The rate limit at Service is reached: wait, or use another model or key.';
const noCredit = 'The account of this key has no credit left at Service: add credit, or set another THE_KEY.';
const tooLong =
  'The conversation is longer than m-1 can read: start a new one, or use a model that reads more.';
const late = 'Service did not answer in time: try again later.';
const redirects = 'h.example only redirects, and leads nowhere: check THE_URL.';
const wrongKey = 'Service does not accept the key: check THE_KEY.';
const noModel = 'Service has no model m-1, or this key may not use it: check --model (and THE_URL, if set).';

it.each<[Partial<ErrorFacts>, string]>([
  [{codes: ['timeout']}, late],
  [{codes: ['DEADLINE_EXCEEDED']}, late],
  [{status: 400, codes: ['timeout']}, refused],
  [{kind: 'connection'}, 'The connection to h.example failed: check the network and THE_URL.'],
  [{status: 402}, noCredit],
  [{status: 400, codes: ['billing_hard_limit']}, noCredit],
  [{status: 429, message: 'You exceeded your current quota.'}, noCredit],
  [{status: 529}, overloaded],
  [{codes: ['slow_down']}, overloaded],
  [{codes: ['UNAVAILABLE']}, overloaded],
  [{codes: ['unavailable_tool']}, refused],
  [{codes: ['tool_unavailable']}, refused],
  [inStream('It is Overloaded now.'), overloaded],
  [{message: 'It is overloaded now.'}, 'Service refused the request to m-1: It is overloaded now.'],
  [
    {...inStream('It is overloaded now.'), status: 400},
    'Service refused the request to m-1: It is overloaded now.',
  ],
  [{status: 429}, limited],
  [{codes: ['too_many_requests']}, limited],
  [{codes: ['RESOURCE_EXHAUSTED']}, limited],
  [{codes: ['ratelimited']}, limited],
  [inStream('Too many requests'), limited],
  [inStream('the rate-limit'), limited],
  [{status: 500}, 'Service failed with status 500: try again later.'],
  [{status: 499}, refused],
  [{status: 425}, 'Service failed with status 425: try again later.'],
  [{codes: ['server_error']}, 'Service failed: try again later.'],
  [{codes: ['api_error']}, 'Service failed: try again later.'],
  [{codes: ['no_server_error']}, refused],
  [{codes: ['server_error_not']}, refused],
  [{status: 300}, redirects],
  [{status: 399}, redirects],
  [{status: 299}, refused],
  [{status: 401}, wrongKey],
  [{codes: ['authentication_error']}, wrongKey],
  [{codes: ['no_authentication_error']}, refused],
  [{codes: ['authentication_error_not']}, refused],
  [{status: 400, codes: ['not_invalid_api_key']}, refused],
  [{status: 400, codes: ['invalid_api_key_format']}, refused],
  [
    {status: 403, message: ' No. '},
    'Service does not let this key use m-1: check the rights of THE_KEY: No.',
  ],
  [{codes: ['permission_error']}, 'Service does not let this key use m-1: check the rights of THE_KEY.'],
  [{codes: ['a_permission_error']}, refused],
  [{codes: ['permission_errors']}, refused],
  [{status: 413}, tooLong],
  [{status: 422, codes: ['context_length_exceeded']}, tooLong],
  [{codes: ['exceed_context_size_error']}, tooLong],
  [{status: 400, message: 'Prompt is too long'}, tooLong],
  [{status: 400, message: 'the context window of'}, tooLong],
  [{status: 422, message: 'prompt is too long'}, 'Service refused the request to m-1: prompt is too long.'],
  [{status: 404}, noModel],
  [{codes: ['not_found_error']}, noModel],
  [{status: 400, codes: ['model_not_found']}, noModel],
  [{codes: ['a_not_found_error']}, refused],
  [{codes: ['not_found_errors']}, refused],
  [{codes: ['no_model_not_found']}, refused],
  [{codes: ['model_not_found_yet']}, refused],
  [inStream('Oh.'), brokenOff('Oh')],
  [{...inStream('Oh.'), codes: ['bad_request']}, 'Service refused the request to m-1: Oh.'],
  [{...inStream('Oh.'), codes: ['BadRequest']}, 'Service refused the request to m-1: Oh.'],
  [{...inStream('Oh.'), codes: ['unprocessable']}, 'Service refused the request to m-1: Oh.'],
  [{...inStream('Oh.'), status: 400}, 'Service refused the request to m-1: Oh.'],
  [{status: 400, message: 'x'.repeat(400)}, `Service refused the request to m-1: ${'x'.repeat(300)}.`],
  [
    {kind: 'unreadable'},
    'h.example sent an answer that cannot be read: check that THE_URL and --model go together.',
  ],
])('%j is told', (facts, words) => {
  expect(classifyError({...answer, ...facts}, context).message).toBe(words);
});

it.each<[unknown, Partial<ErrorFacts>]>([
  [new Error('fetch failed'), {kind: 'connection'}],
  [new Error('terminated'), {kind: 'connection'}],
  [new Error('fetch failed here'), {kind: 'unreadable'}],
  [new Error('it terminated'), {kind: 'unreadable'}],
  [Object.assign(new Error('x'), {code: 'ECONNRESET'}), {kind: 'connection', systemCode: 'ECONNRESET'}],
  [Object.assign(new Error('x'), {code: 'a_code'}), {kind: 'unreadable', codes: ['a_code']}],
  [Object.assign(new Error('x'), {code: 'NOT-ONE'}), {kind: 'unreadable'}],
  [
    {error: null, message: 7},
    {kind: 'unreadable', message: ''},
  ],
  [null, {kind: 'unreadable'}],
  [
    {error: {message: 'inner'}, message: 'outer'},
    {kind: 'answer', message: 'inner'},
  ],
  [{error: {error: {message: 'innermost', type: 't'}}}, {message: 'innermost', codes: ['t']}],
  [{error: {details: {error_code: 'd'}, code: 'c', status: 's'}, type: 'o'}, {codes: ['c', 's', 'd', 'o']}],
  [{error: {code: 400}}, {status: 400}],
  [{error: {code: '599'}}, {status: 599}],
  [{error: {code: 399, status_code: 418}}, {status: 418}],
  [{error: {type: 404.5, status: 404}}, {status: 404}],
  [{status: 400, headers: new Headers({'content-type': 'TEXT/HTML; charset=utf-8'})}, {html: true}],
  [{status: 400, message: '400 <!DOCTYPE html>'}, {html: true}],
  [{status: 400, message: '<html lang="en">'}, {html: true}],
  [new StreamedError({message: 'm'}), {streamed: true, kind: 'answer', message: 'm'}],
])('of error %# is read what it is', (error, facts) => {
  expect(readError(error, 0)).toMatchObject(facts);
});

it.each([{error: {code: 600}}, {error: {code: 399}}, {error: {code: 'x'}}, {error: {}}])(
  'no status is read of %j',
  (error) => expect(readError(error, 0)).not.toHaveProperty('status'),
);

it('the innermost code of a system is read, at most five levels deep', () => {
  const chain = (...codes: string[]): Error | undefined => {
    const [code, ...rest] = codes;
    return code === undefined ? undefined : Object.assign(new Error('x', {cause: chain(...rest)}), {code});
  };
  expect(readError(chain('A1', 'B2', 'C3', 'D4', 'E5', 'F6'), 0).systemCode).toBe('E5');
  expect(readError(chain('A1', 'B2', 'word'), 0).systemCode).toBe('B2');
});
