import type {
  EasyInputMessage,
  ResponseCreateParamsStreaming,
  ResponseInputItem,
} from 'openai/resources/responses/responses';
import type {EarlierPart} from './answer-parts.ts';
import {type AssistantTurn, toConversation} from './conversation.ts';
import {promptCacheKey} from './prompt-cache-key.ts';
import type {ModelRequest} from './provider.ts';
import {partsOf} from './provider-state.ts';

/** Name under which reasoning is kept for this provider. */
export const responsesAuthor = 'openai';

/** A model step as OpenAI's Responses API takes it; nothing is stored there, so reasoning travels encrypted. */
export function responsesParams(request: ModelRequest): ResponseCreateParamsStreaming {
  const {model, instructions, tools} = request;
  return {
    model,
    instructions,
    input: inputOf(request),
    tools: tools.map(({name, description, input}) => ({
      type: 'function',
      name,
      description,
      parameters: input,
      // Strict schemas may not have optional properties; ours do, and arguments are checked anyway.
      strict: false,
    })),
    ...(reasons(model) && {include: ['reasoning.encrypted_content']}),
    prompt_cache_key: promptCacheKey(request),
    store: false,
    stream: true,
  };
}

/** The families without reasoning refuse to be asked for it; new models are taken to have it. */
function reasons(model: string): boolean {
  return !/^(gpt-3|gpt-4|chatgpt-|ft:gpt-[34])|-chat(-|$)/.test(model);
}

function inputOf(request: ModelRequest): ResponseInputItem[] {
  const author = {provider: responsesAuthor, model: request.model};
  return toConversation(request.messages).flatMap((turn): ResponseInputItem[] => {
    if (turn.role === 'user') return [{role: 'user', content: turn.content}];
    return [...partsOf(turn, author).map(toItem), ...resultsOf(turn)];
  });
}

function toItem(part: EarlierPart): ResponseInputItem {
  if (part.kind === 'verbatim') return part.item as unknown as ResponseInputItem;
  if (part.kind === 'call') {
    const {id, name, input} = part.call;
    return {type: 'function_call', call_id: id, name, arguments: JSON.stringify(input)};
  }
  const phase = phaseOf(part.phase);
  return {role: 'assistant', content: part.text, ...(phase && {phase})};
}

function phaseOf(phase: string | undefined): EasyInputMessage['phase'] {
  return phase === 'commentary' || phase === 'final_answer' ? phase : undefined;
}

function resultsOf({calls}: AssistantTurn): ResponseInputItem[] {
  return calls.map(({id, result}) => ({type: 'function_call_output', call_id: id, output: result.text}));
}
