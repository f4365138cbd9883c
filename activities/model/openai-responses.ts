import type OpenAI from 'openai';
import type {ModelAccess} from './model-keys.ts';
import {connectOpenAI, openaiHome} from './openai-client.ts';
import {responsesReader} from './openai-responses-reader.ts';
import {responsesParams} from './openai-responses-request.ts';
import type {ModelProvider} from './provider.ts';
import {errorContext, streamAnswer} from './provider-stream.ts';

/** Models behind OpenAI's Responses API. The SDK is loaded by the first request. */
export function openaiResponsesProvider(access: ModelAccess): ModelProvider {
  let client: Promise<OpenAI> | undefined;
  return {
    async request(request, context) {
      client ??= connectOpenAI(access);
      const {responses} = await client;
      return streamAnswer(
        () => responses.create(responsesParams(request), {signal: context.signal}).withResponse(),
        responsesReader(request),
        context,
        errorContext('openai', access, request.model, openaiHome),
      );
    },
  };
}
