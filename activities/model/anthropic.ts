import type Anthropic from '@anthropic-ai/sdk';
import {anthropicReader} from './anthropic-reader.ts';
import {anthropicParams} from './anthropic-request.ts';
import type {ModelAccess} from './model-keys.ts';
import type {ModelProvider} from './provider.ts';
import {errorContext, streamAnswer} from './provider-stream.ts';
import {withoutVariable} from './without-variable.ts';

const home = {service: 'Anthropic', baseURL: 'https://api.anthropic.com'};

/** Models behind Anthropic's Messages API. The SDK is loaded by the first request. */
export function anthropicProvider(access: ModelAccess): ModelProvider {
  let client: Promise<Anthropic> | undefined;
  return {
    async request(request, context) {
      client ??= connectAnthropic(access);
      const {messages} = await client;
      return streamAnswer(
        () => messages.create(anthropicParams(request), {signal: context.signal}).withResponse(),
        anthropicReader(request),
        context,
        errorContext('anthropic', access, request.model, home),
      );
    },
  };
}

/** Of what the SDK would take from the environment by itself, it gets nothing. Temporal does the retries. */
export async function connectAnthropic({apiKey, baseURL = home.baseURL}: ModelAccess): Promise<Anthropic> {
  const {default: Client} = await import('@anthropic-ai/sdk');
  const given = {apiKey, baseURL, maxRetries: 0, logLevel: 'off', openTelemetry: false} as const;
  const notGiven = {authToken: null, webhookKey: null} as const;
  return withoutVariable('ANTHROPIC_CUSTOM_HEADERS', () => new Client({...given, ...notGiven}));
}
