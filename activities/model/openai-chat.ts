import type {ProviderWire} from './live-provider.ts';
import {chatEventsOfWhole, chatReader} from './openai-chat-reader.ts';
import {chatParams} from './openai-chat-request.ts';
import {connectOpenAI, openaiEvents, openaiHome} from './openai-client.ts';

/** OpenAI's Chat Completions API, which most local servers speak. */
export const chatWire: ProviderWire = {
  name: 'openai-chat',
  home: openaiHome,
  async send(access, request, {signal, fetch}) {
    const {chat} = await connectOpenAI(access, fetch);
    const atHome = access.baseURL === undefined;
    return chat.completions.create(chatParams(request, atHome), {signal}).asResponse();
  },
  decode: openaiEvents,
  eventsOfWhole: chatEventsOfWhole,
  reader: chatReader,
};
