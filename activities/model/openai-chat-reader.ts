import type {ChatCompletionChunk} from 'openai/resources/chat/completions';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import {filtered, incomplete, refused, truncated} from './model-failure.ts';
import {chatAuthor} from './openai-chat-request.ts';
import type {ModelRequest} from './provider.ts';
import type {AnswerReader} from './provider-stream.ts';

type Delta = ChatCompletionChunk.Choice.Delta;
type CallDelta = NonNullable<Delta['tool_calls']>[number];

/** What has come of the answer so far. */
interface Draft {
  text: string;
  refusal: string;
  reasoning: string;
  calls: DraftCall[];
  finish?: string;
  usage?: TokenUsage;
}

interface DraftCall {
  index: number;
  id: string;
  name: string;
  arguments: string;
}

/** Reads the chunks of OpenAI's Chat Completions API and of the many servers that imitate it. */
export function chatReader({model, turn}: ModelRequest): AnswerReader<ChatCompletionChunk> {
  const draft: Draft = {text: '', refusal: '', reasoning: '', calls: []};
  return {
    read({choices, usage}) {
      if (usage) draft.usage = toUsage(usage);
      const choice = choices?.[0];
      if (choice?.finish_reason) draft.finish = choice.finish_reason;
      return choice?.delta ? {text: extend(draft, choice.delta), part: 0} : undefined;
    },
    finish() {
      checkFinish(draft, model);
      return toModelStepResult(toParts(draft), {provider: chatAuthor, model}, turn, draft.usage);
    },
  };
}

/** `reasoning_content` is no part of OpenAI's API; DeepSeek began it and others followed. */
function extend(draft: Draft, delta: Delta & {reasoning_content?: unknown}): string {
  const text = delta.content ?? '';
  draft.text += text;
  draft.refusal += delta.refusal ?? '';
  if (typeof delta.reasoning_content === 'string') draft.reasoning += delta.reasoning_content;
  for (const call of delta.tool_calls ?? []) extendCall(draft.calls, call);
  return text;
}

/** Some servers number every call 0, so a new id begins a new call too. */
function extendCall(calls: DraftCall[], {index, id = '', function: called}: CallDelta): void {
  const open = calls.findLast((call) => call.index === index);
  if (open && (!id || !open.id || open.id === id)) {
    open.id ||= id;
    open.name ||= called?.name ?? '';
    open.arguments += called?.arguments ?? '';
  } else {
    calls.push({index, id, name: called?.name ?? '', arguments: called?.arguments ?? ''});
  }
}

function checkFinish({finish, refusal, calls}: Draft, model: string): void {
  if (!finish) throw incomplete();
  if (finish === 'length') throw truncated(model);
  if (finish === 'content_filter') throw filtered(model);
  if (refusal && calls.length === 0) throw refused(model, refusal);
}

/** Reasoning is asked back only beside calls. */
function toParts({text, reasoning, calls}: Draft): AnswerPart[] {
  const kept = reasoning && calls.length > 0;
  return [
    ...(kept ? [{kind: 'verbatim' as const, item: {reasoning_content: reasoning}}] : []),
    {kind: 'text', text},
    ...calls.map((call) => ({kind: 'call' as const, name: call.name, arguments: call.arguments})),
  ];
}

function toUsage(usage: NonNullable<ChatCompletionChunk['usage']>): TokenUsage {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return {input: usage.prompt_tokens, cached, output: usage.completion_tokens};
}
