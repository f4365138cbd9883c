import type Anthropic from '@anthropic-ai/sdk';
import {anthropicReader} from './anthropic-reader.ts';
import {anthropicParams} from './anthropic-request.ts';
import type {ModelAccess} from './model-keys.ts';
import type {ModelProvider} from './provider.ts';
import {errorContext, streamAnswer} from './provider-stream.ts';

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

/** Everything that the SDK would take from the environment by itself is given here. Temporal does the retries. */
export async function connectAnthropic({apiKey, baseURL = home.baseURL}: ModelAccess): Promise<Anthropic> {
  const {default: Client} = await import('@anthropic-ai/sdk');
  return new Client({apiKey, baseURL, authToken: null, maxRetries: 0, logLevel: 'off', openTelemetry: false});
}
