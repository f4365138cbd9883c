import type {
  ContentBlockParam,
  MessageCreateParamsStreaming,
  MessageParam,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages';
import type {EarlierPart} from './answer-parts.ts';
import {type AssistantTurn, toConversation} from './conversation.ts';
import type {ModelRequest} from './provider.ts';
import {partsOf} from './provider-state.ts';

/** Anthropic asks for a limit; all its current models take this one, and streaming lets answers be long. */
const outputLimit = 32_000;

const cached = {cache_control: {type: 'ephemeral'}} as const;

/** Name under which reasoning is kept for this provider. */
export const anthropicAuthor = 'anthropic';

/**
 * A model step as Anthropic's Messages API takes it. What stays the same comes first (tools, system, earlier turns)
 * and is marked for the prompt cache.
 */
export function anthropicParams(request: ModelRequest): MessageCreateParamsStreaming {
  const {model, instructions, tools} = request;
  return {
    model,
    max_tokens: outputLimit,
    stream: true,
    ...(instructions.trim() && {system: [{type: 'text', text: instructions, ...cached}]}),
    ...(tools.length > 0 && {
      tools: tools.map(({name, description, input}) => ({
        name,
        description,
        input_schema: {...input, type: 'object' as const},
      })),
    }),
    messages: withCacheMarks(messagesOf(request)),
  };
}

function messagesOf(request: ModelRequest): MessageParam[] {
  const author = {provider: anthropicAuthor, model: request.model};
  return toConversation(request.messages).flatMap((turn): MessageParam[] => {
    if (turn.role === 'user') return [{role: 'user', content: [{type: 'text', text: turn.content || ' '}]}];
    const content = partsOf(turn, author).flatMap(toBlock);
    return content.length === 0 ? [] : [{role: 'assistant', content}, ...resultsOf(turn)];
  });
}

/** Blank texts are refused by the API. */
function toBlock(part: EarlierPart): ContentBlockParam[] {
  if (part.kind === 'verbatim') return [part.item as unknown as ContentBlockParam];
  if (part.kind === 'text') return part.text.trim() ? [{type: 'text', text: part.text}] : [];
  const {id, name, input} = part.call;
  return [{type: 'tool_use', id, name, input}];
}

/** All results of a turn go into one message, as the API demands. */
function resultsOf({calls}: AssistantTurn): MessageParam[] {
  if (calls.length === 0) return [];
  const content = calls.map(({id, result}): ToolResultBlockParam => {
    const failed = result.failed && {is_error: true};
    return {type: 'tool_result', tool_use_id: id, content: result.text, ...failed};
  });
  return [{role: 'user', content}];
}

/**
 * Marks where this request ends and where the one before it ended: a turn with more than twenty blocks would
 * otherwise not find the earlier entry.
 */
function withCacheMarks(messages: MessageParam[]): MessageParam[] {
  const users = messages.flatMap(({role}, index) => (role === 'user' ? [index] : []));
  const marked = new Set(users.slice(-2));
  return messages.map((message, index) => (marked.has(index) ? withMarkedEnd(message) : message));
}

function withMarkedEnd(message: MessageParam): MessageParam {
  const blocks = message.content as ContentBlockParam[];
  const content = blocks.map((block, index) =>
    index === blocks.length - 1 ? ({...block, ...cached} as ContentBlockParam) : block,
  );
  return {role: 'user', content};
}
