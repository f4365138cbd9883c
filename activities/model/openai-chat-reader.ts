import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import type {AnswerReader} from './live-provider.ts';
import {incomplete, refused} from './model-failure.ts';
import {type ChatCall, extendCalls} from './openai-chat-calls.ts';
import {chatAuthor} from './openai-chat-request.ts';
import type {ModelRequest} from './provider.ts';
import {checkStopReason} from './stop-reason.ts';
import {isRecord, isTooDeep, listOf, numberOf, recordOf, textOf} from './wire-values.ts';

/** What has come of the answer so far. */
interface Draft {
  text: string;
  refusal: string;
  thought: Thought;
  calls: ChatCall[];
  finish?: string;
  usage?: TokenUsage;
}

/**
 * What servers that think between calls want back in the message that made the calls. None of it is a part of OpenAI's
 * API: DeepSeek began it with `reasoning_content`, vLLM has `reasoning`, OpenRouter `reasoning_details`, Google
 * `extra_content`.
 */
interface Thought {
  reasoning_content?: string;
  reasoning?: string;
  reasoning_details?: unknown[];
  extra_content?: JsonObject;
}

/** Reads the chunks of OpenAI's Chat Completions API and of the many servers that imitate it. */
export function chatReader({model, turn}: ModelRequest): AnswerReader {
  const draft: Draft = {text: '', refusal: '', thought: {}, calls: []};
  return {
    read({choices, usage}) {
      if (isRecord(usage)) draft.usage = toUsage(usage);
      const {delta, message, finish_reason} = recordOf(listOf(choices)[0]);
      if (typeof finish_reason === 'string' && finish_reason) draft.finish = finish_reason;
      return {text: extend(draft, recordOf(delta ?? message)), part: 0};
    },
    finish(complete) {
      checkFinish(draft, complete, model);
      return toModelStepResult(toParts(draft), {provider: chatAuthor, model}, turn, draft.usage);
    },
  };
}

/** A whole chat completion as one chunk, its message in the place of the delta. */
export function chatEventsOfWhole(whole: JsonObject): JsonObject[] | undefined {
  return isRecord(recordOf(listOf(whole.choices)[0]).message) ? [whole] : undefined;
}

function extend(draft: Draft, delta: Record<string, unknown>): string {
  const text = textOf(delta.content);
  draft.text += text;
  draft.refusal += textOf(delta.refusal);
  extendThought(draft.thought, delta);
  extendCalls(draft.calls, listOf(delta.tool_calls));
  return text;
}

function extendThought(thought: Thought, delta: Record<string, unknown>): void {
  for (const field of ['reasoning_content', 'reasoning'] as const) {
    const piece = delta[field];
    if (typeof piece === 'string' && piece) thought[field] = (thought[field] ?? '') + piece;
  }
  const details = listOf(delta.reasoning_details);
  if (details.length > 0) thought.reasoning_details = [...(thought.reasoning_details ?? []), ...details];
  if (isRecord(delta.extra_content))
    thought.extra_content = {...thought.extra_content, ...delta.extra_content};
}

/** Some servers leave the reason out, but say that they are done. */
function checkFinish({finish, refusal, calls}: Draft, complete: boolean, model: string): void {
  if (!finish && !complete) throw incomplete();
  if (finish) checkStopReason(finish, model);
  if (refusal && calls.length === 0) throw refused(model, refusal);
}

/** Thoughts are asked back only beside calls. */
function toParts({text, thought, calls}: Draft): AnswerPart[] {
  const kept = calls.length > 0 && Object.keys(thought).length > 0 && !isTooDeep(thought);
  return [
    ...(kept ? [{kind: 'verbatim' as const, item: thought as JsonObject}] : []),
    {kind: 'text', text},
    ...calls.map(({name, text: args, extra}) => {
      return {kind: 'call' as const, name, arguments: args, ...(extra && !isTooDeep(extra) && {extra})};
    }),
  ];
}

function toUsage(usage: JsonObject): TokenUsage {
  const cached = numberOf(recordOf(usage.prompt_tokens_details).cached_tokens);
  return {input: numberOf(usage.prompt_tokens), cached, output: numberOf(usage.completion_tokens)};
}
