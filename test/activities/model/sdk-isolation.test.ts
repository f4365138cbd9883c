import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {connectAnthropic} from '../../../activities/model/anthropic.ts';
import {readError} from '../../../activities/model/error-facts.ts';
import {connectOpenAI} from '../../../activities/model/openai-client.ts';
import {runNode} from './run-node.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, requestOf, secretKey, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import {streamed} from './wire/wire.ts';

/** Every variable that the clients of the installed versions read, but what only switches logs and telemetry. */
const variables = [
  ...['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'OPENAI_WEBHOOK_SECRET'],
  ...['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_WEBHOOK_SIGNING_KEY', 'ANTHROPIC_PROFILE'],
  ...['ANTHROPIC_ORGANIZATION_ID', 'ANTHROPIC_WORKSPACE_ID', 'ANTHROPIC_SCOPE', 'ANTHROPIC_IDENTITY_TOKEN'],
];

function stubAll(): void {
  for (const name of variables) vi.stubEnv(name, 'from-environment');
  for (const vendor of ['OPENAI', 'ANTHROPIC']) {
    vi.stubEnv(`${vendor}_BASE_URL`, 'http://from-environment.example');
    vi.stubEnv(`${vendor}_CUSTOM_HEADERS`, 'x-leak: from-environment\nauthorization: from-environment');
  }
}

const providersUrl = new URL('../../../activities/model/live-providers.ts', import.meta.url).href;

describe('the SDKs take nothing from the environment by themselves', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('but the address and the key that they are given', async () => {
    stubAll();
    const openai = await connectOpenAI({apiKey: secretKey});
    expect(openai).toMatchObject({baseURL: 'https://api.openai.com/v1', apiKey: secretKey, maxRetries: 0});
    const anthropic = await connectAnthropic({apiKey: secretKey});
    expect(anthropic).toMatchObject({
      baseURL: 'https://api.anthropic.com',
      apiKey: secretKey,
      authToken: null,
      maxRetries: 0,
    });
  });

  test.each([responsesWire, chatWire, anthropicWire])('$provider: no header of a request', async (wire) => {
    stubAll();
    const server = await serve(wire, () => streamed(wire, {text: ['Hi.']}));
    await ask(wire, server.origin, requestOf(wire));
    const headers = JSON.stringify(server.requests[0]?.headers);
    expect(headers).toContain(secretKey);
    expect(headers).not.toContain('from-environment');
    expect(process.env.OPENAI_CUSTOM_HEADERS).toContain('from-environment');
    expect(process.env.ANTHROPIC_CUSTOM_HEADERS).toContain('from-environment');
  });
});

test('no SDK is loaded before the first request', async () => {
  const {stdout, code} = await runNode(`
    import {registerHooks} from 'node:module';
    const loaded = [];
    registerHooks({resolve(name, context, next) {
      if (/^(openai|@anthropic-ai)/.test(name)) loaded.push(name);
      return next(name, context);
    }});
    const {createLiveProviders} = await import(${JSON.stringify(providersUrl)});
    createLiveProviders({openai: {apiKey: 'k'}, anthropic: {apiKey: 'k'}});
    console.log(JSON.stringify(loaded));
  `);
  expect({stdout, code}).toEqual({stdout: '[]\n', code: 0});
});

test.each([responsesWire, chatWire, anthropicWire])(
  '$provider prints nothing, even where its SDK is told to log',
  async (wire) => {
    const server = await serve(wire, () =>
      server.requests.length === 1
        ? streamed(wire, {text: ['Hi.']})
        : wire.error('authentication', `Incorrect key ${secretKey}`),
    );
    const {stdout, stderr} = await runNode(`
      const {createLiveProviders} = await import(${JSON.stringify(providersUrl)});
      const keys = ${JSON.stringify(wire.keys(server.origin, secretKey))};
      const provider = createLiveProviders(keys)[${JSON.stringify(wire.provider)}];
      const context = {signal: new AbortController().signal, onText() {}};
      const request = ${JSON.stringify(requestOf(wire))};
      const {message} = await provider.request(request, context);
      const error = await provider.request(request, context).catch((reason) => reason);
      process.stdout.write(message.content + ' ' + error.type);
    `);
    expect({stdout, stderr}).toEqual({stdout: 'Hi. ModelAuthentication', stderr: ''});
  },
);

test.each([
  ['OpenAI', new OpenAI.APIConnectionTimeoutError(), 'timeout'],
  ['OpenAI', new OpenAI.APIConnectionError({message: 'x'}), 'connection'],
  ['OpenAI', new OpenAI.RateLimitError(429, {code: 'x'}, 'm', new Headers()), 'answer'],
  ['Anthropic', new Anthropic.APIConnectionTimeoutError(), 'timeout'],
  ['Anthropic', new Anthropic.APIConnectionError({message: 'x'}), 'connection'],
  ['Anthropic', new Anthropic.RateLimitError(429, {error: {type: 'x'}}, 'm', new Headers()), 'answer'],
])('%s: %s is known without loading the SDK', (_sdk, error, kind) => {
  expect(readError(error, 0).kind).toBe(kind);
});
