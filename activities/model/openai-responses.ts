import type {ProviderWire} from './live-provider.ts';
import {connectOpenAI, openaiEvents, openaiHome} from './openai-client.ts';
import {responsesEventsOfWhole, responsesReader} from './openai-responses-reader.ts';
import {responsesParams} from './openai-responses-request.ts';

/** OpenAI's Responses API. */
export const responsesWire: ProviderWire = {
  name: 'openai',
  home: openaiHome,
  async send(access, request, {signal, fetch}) {
    const {responses} = await connectOpenAI(access, fetch);
    return responses.create(responsesParams(request), {signal}).asResponse();
  },
  decode: openaiEvents,
  eventsOfWhole: responsesEventsOfWhole,
  reader: responsesReader,
};
