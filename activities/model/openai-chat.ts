import type OpenAI from 'openai';
import type {ModelAccess} from './model-keys.ts';
import {chatReader} from './openai-chat-reader.ts';
import {chatParams} from './openai-chat-request.ts';
import {connectOpenAI, openaiHome} from './openai-client.ts';
import type {ModelProvider} from './provider.ts';
import {errorContext, streamAnswer} from './provider-stream.ts';

/** Models behind OpenAI's Chat Completions API, which most local servers speak. Loads the SDK on the first request. */
export function openaiChatProvider(access: ModelAccess): ModelProvider {
  let client: Promise<OpenAI> | undefined;
  const atHome = access.baseURL === undefined;
  return {
    async request(request, context) {
      client ??= connectOpenAI(access);
      const {chat} = await client;
      return streamAnswer(
        () => chat.completions.create(chatParams(request, atHome), {signal: context.signal}).withResponse(),
        chatReader(request),
        context,
        errorContext('openai-chat', access, request.model, openaiHome),
      );
    },
  };
}
