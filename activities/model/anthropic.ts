import type Anthropic from '@anthropic-ai/sdk';
import {anthropicEventsOfWhole, anthropicReader} from './anthropic-reader.ts';
import {anthropicParams} from './anthropic-request.ts';
import type {ProviderWire} from './live-provider.ts';
import type {ModelAccess} from './model-keys.ts';
import {withoutVariable} from './without-variable.ts';

const home = {service: 'Anthropic', baseURL: 'https://api.anthropic.com'};

/** Anthropic's Messages API. */
export const anthropicWire: ProviderWire = {
  name: 'anthropic',
  home,
  async send(access, request, {signal, fetch}) {
    const {messages} = await connectAnthropic(access, fetch);
    return messages.create(anthropicParams(request), {signal}).asResponse();
  },
  async *decode(response, controller) {
    const {Stream} = await import('@anthropic-ai/sdk/core/streaming');
    yield* Stream.rawEvents(response, controller);
  },
  eventsOfWhole: anthropicEventsOfWhole,
  reader: anthropicReader,
};

/** Of what the SDK would take from the environment by itself, it gets nothing. Temporal does the retries. */
export async function connectAnthropic(
  {apiKey, baseURL = home.baseURL}: ModelAccess,
  fetch?: typeof globalThis.fetch,
): Promise<Anthropic> {
  const {default: Client} = await import('@anthropic-ai/sdk');
  const given = {
    apiKey,
    baseURL,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    ...(fetch && {fetch}),
  } as const;
  const notGiven = {authToken: null, webhookKey: null} as const;
  return withoutVariable('ANTHROPIC_CUSTOM_HEADERS', () => new Client({...given, ...notGiven}));
}
