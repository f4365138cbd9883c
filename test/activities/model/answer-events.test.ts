import {describe, expect, test} from 'vitest';
import {providerFetch} from '../../../activities/model/provider-fetch.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, requestOf, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import type {WireResponse} from './wire/server.ts';
import {json, sse, streamed} from './wire/wire.ts';

const webPage = /answered with a web page, not with a model's answer/;
const cutOff = /^The connection ended before the answer was complete\.$/;
const plain = {'content-type': 'text/plain; charset=utf-8'};
const eventStream = {'content-type': 'Text/Event-Stream'};

describe.each([responsesWire, chatWire, anthropicWire])('$provider', (wire) => {
  test.each<[string, WireResponse, string, RegExp]>([
    [
      'a page by its type',
      {headers: {'content-type': 'Text/HTML'}, body: 'Sign in'},
      'ModelBadResponse',
      webPage,
    ],
    ['a page by its look', {headers: plain, body: ' \n<p>Sign in'}, 'ModelBadResponse', webPage],
    ['a text', {headers: plain, body: ''}, 'ModelBadResponse', /answered with text\/plain, not/],
    [
      'an object that is no answer',
      json(200, {ok: true}),
      'ModelBadResponse',
      /answered with application\/json,/,
    ],
    ['an object without a type', {body: '{"ok":true}'}, 'ModelBadResponse', /answered with JSON, not/],
    ['half an object', {headers: plain, body: '{"ok"'}, 'ModelBadResponse', /answered with text\/plain, not/],
    ['a list', json(200, [1]), 'ModelBadResponse', /answered with application\/json,/],
    ['a list with an error', json(200, [{error: {code: 429}}]), 'ModelRateLimited', /rate limit/],
    ['nothing', {}, 'ModelUnavailable', cutOff],
    ['no events', {headers: eventStream}, 'ModelUnavailable', cutOff],
    ['only comments', {headers: eventStream, body: ': wait\n\n'}, 'ModelUnavailable', cutOff],
    ['a number as an event', {headers: eventStream, body: sse(7)}, 'ModelBadResponse', /cannot be read/],
    ['no JSON as an event', {headers: plain, body: sse('what?')}, 'ModelBadResponse', /cannot be read/],
  ])('tells %s from an answer', async (_what, response, type, says) => {
    const server = await serve(wire, () => response);
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure.type).toBe(type);
    expect(failure.message).toMatch(says);
  });

  test.each(['end', 'hang'] as const)(
    'ends where the server says so, with more behind and %s',
    async (ending) => {
      const {headers = {}, body = ''} = streamed(wire, {text: ['Hi.']});
      const end = `${sse('[DONE]  ')}${sse('no JSON')}`;
      const server = await serve(wire, () => ({
        headers,
        body: body.replace(sse('[DONE]'), '') + end,
        ending,
      }));
      const answers = Array.from({length: 20}, () => ask(wire, server.origin, requestOf(wire)));
      for (const {result} of await Promise.all(answers)) expect(result.message.content).toBe('Hi.');
    },
  );
});

describe('a redirect', () => {
  const init = {
    method: 'POST',
    body: '{}',
    headers: {
      'content-type': 'application/json',
      authorization: 'a',
      'x-api-key': 'k',
      cookie: 'c',
      other: 'o',
    },
  };
  /** What the last server of two is asked, and what the first one's answer comes to. */
  async function redirected(status: number, location: (target: string) => string) {
    const {createServer} = await import('node:http');
    const asked: {method?: string; headers: object; body: string}[] = [];
    const servers = [0, 1].map((index) =>
      createServer(async (request, response) => {
        let body = '';
        for await (const chunk of request) body += chunk;
        asked.push({...(request.method && {method: request.method}), headers: request.headers, body});
        if (index === 0 && asked.length === 1)
          response.writeHead(status, {location: location(origins[1] ?? '')});
        response.end('text');
      }),
    );
    const origins: string[] = [];
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      origins.push(`http://127.0.0.1:${(server.address() as {port: number}).port}`);
    }
    const hosts: string[] = [];
    try {
      const response = await providerFetch((host) => hosts.push(host))(`${origins[0]}/v1`, init);
      return {status: response.status, text: await response.text(), asked, hosts, origins};
    } finally {
      for (const server of servers) server.close();
    }
  }

  test.each([301, 302, 303])('with status %i becomes a GET without body and keys', async (status) => {
    const {asked, hosts, origins} = await redirected(status, (target) => target);
    expect(asked[1]).toMatchObject({method: 'GET', body: '', headers: {other: 'o'}});
    for (const name of ['content-type', 'content-length', 'authorization', 'x-api-key', 'cookie'])
      expect(asked[1]?.headers).not.toHaveProperty(name);
    expect(hosts).toEqual([new URL(origins[1] ?? '').host]);
  });

  test('with status 303 keeps the keys within one origin', async () => {
    const {asked} = await redirected(303, () => '/v2');
    expect(asked[1]).toMatchObject({
      method: 'GET',
      headers: {authorization: 'a', 'x-api-key': 'k', cookie: 'c'},
    });
  });

  test.each([
    ['to a file', 308, () => 'file:///etc/passwd'],
    ['to what is no address', 308, () => 'http://['],
    ['that is none by its status', 304, (target: string) => target],
    ['that is a choice', 300, (target: string) => target],
  ])('%s is not followed', async (_what, status, location) => {
    const {status: answered, asked} = await redirected(status, location);
    expect(answered).toBe(status);
    expect(asked).toHaveLength(1);
  });
});
