import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import {type EarlierCallPart, textSeparator} from './answer-parts.ts';
import {type AssistantTurn, toConversation} from './conversation.ts';
import {promptCacheKey} from './prompt-cache-key.ts';
import type {ModelRequest} from './provider.ts';
import {partsOf} from './provider-state.ts';

/** Name under which reasoning is kept for this provider. */
export const chatAuthor = 'openai-chat';

/**
 * A model step as OpenAI's Chat Completions API takes it.
 *
 * @param atHome whether OpenAI itself is asked; other servers may refuse what they don't know
 */
export function chatParams(request: ModelRequest, atHome: boolean): ChatCompletionCreateParamsStreaming {
  const {model, tools} = request;
  return {
    model,
    messages: messagesOf(request),
    ...(tools.length > 0 && {
      tools: tools.map(({name, description, input}) => ({
        type: 'function',
        function: {name, description, parameters: input},
      })),
    }),
    ...(atHome && {prompt_cache_key: promptCacheKey(request), store: false}),
    stream: true,
    stream_options: {include_usage: true},
  };
}

function messagesOf(request: ModelRequest): ChatCompletionMessageParam[] {
  const {instructions, model, messages} = request;
  const system: ChatCompletionMessageParam[] = instructions ? [{role: 'system', content: instructions}] : [];
  const turns = toConversation(messages).flatMap((turn): ChatCompletionMessageParam[] => {
    if (turn.role === 'user') return [{role: 'user', content: turn.content}];
    return [assistantMessage(turn, model), ...resultsOf(turn)];
  });
  return [...system, ...turns];
}

/** Thoughts of servers that think between calls are fields of the message that made the calls, and of the calls. */
function assistantMessage(turn: AssistantTurn, model: string): ChatCompletionAssistantMessageParam {
  const parts = partsOf(turn, {provider: chatAuthor, model});
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const reasoning = parts.flatMap((part) => (part.kind === 'verbatim' ? [part.item] : []));
  const calls = parts.flatMap((part) => (part.kind === 'call' ? [toCall(part)] : []));
  return Object.assign(
    {role: 'assistant' as const, content: texts.join(textSeparator)},
    calls.length > 0 && {tool_calls: calls},
    ...reasoning,
  );
}

function toCall({call: {id, name, input}, extra}: EarlierCallPart) {
  const called = {name, arguments: JSON.stringify(input)};
  return {id, type: 'function' as const, function: called, ...(extra && {extra_content: extra})};
}

function resultsOf({calls}: AssistantTurn): ChatCompletionMessageParam[] {
  return calls.map(({id, result}) => ({role: 'tool', tool_call_id: id, content: result.text}));
}
