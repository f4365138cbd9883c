import type {
  RawContentBlockDelta,
  RawContentBlockStartEvent,
  RawMessageDeltaEvent,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import {anthropicAuthor} from './anthropic-request.ts';
import {contextTooLong, incomplete, refused, truncated} from './model-failure.ts';
import type {ModelRequest} from './provider.ts';
import type {AnswerReader} from './provider-stream.ts';

/** A content block that is still growing. */
interface Block {
  start: RawContentBlockStartEvent['content_block'];
  text: string;
  json: string;
  thinking: string;
  signature: string;
}

type Counts = {[Name in keyof RawMessageDeltaEvent['usage']]?: unknown};

/** Reads the events of Anthropic's Messages API. */
export function anthropicReader({model, turn}: ModelRequest): AnswerReader<RawMessageStreamEvent> {
  const blocks = new Map<number, Block>();
  let counts: Counts = {};
  let end: RawMessageDeltaEvent['delta'] | undefined;
  return {
    read(event) {
      if (event.type === 'message_start') counts = event.message.usage;
      if (event.type === 'message_delta') {
        counts = {...counts, ...withoutNulls(event.usage)};
        end = event.delta;
      }
      if (event.type === 'content_block_start') return start(blocks, event);
      if (event.type !== 'content_block_delta') return undefined;
      const block = blocks.get(event.index);
      return block && {text: extend(block, event.delta), part: event.index};
    },
    finish() {
      if (!end?.stop_reason) throw incomplete();
      checkStop(end, model);
      const inOrder = [...blocks].sort(([one], [other]) => one - other);
      const parts = inOrder.flatMap(([, block]) => toPart(block));
      return toModelStepResult(parts, {provider: anthropicAuthor, model}, turn, toUsage(counts));
    },
  };
}

function start(blocks: Map<number, Block>, {index, content_block}: RawContentBlockStartEvent) {
  const text = content_block.type === 'text' ? content_block.text : '';
  const thinking = content_block.type === 'thinking' ? content_block.thinking : '';
  blocks.set(index, {start: content_block, text, json: '', thinking, signature: ''});
  return {text, part: index};
}

/** Returns the delta's text, where it is one. */
function extend(block: Block, delta: RawContentBlockDelta): string {
  if (delta.type === 'input_json_delta') block.json += delta.partial_json;
  if (delta.type === 'thinking_delta') block.thinking += delta.thinking;
  if (delta.type === 'signature_delta') block.signature += delta.signature;
  if (delta.type !== 'text_delta') return '';
  block.text += delta.text;
  return delta.text;
}

function checkStop({stop_reason, stop_details}: RawMessageDeltaEvent['delta'], model: string): void {
  if (stop_reason === 'max_tokens') throw truncated(model);
  if (stop_reason === 'model_context_window_exceeded') throw contextTooLong(model);
  if (stop_reason === 'refusal') throw refused(model, stop_details?.explanation);
}

/** Thinking goes back exactly as it came; blocks of tools that the provider runs itself are not ours. */
function toPart({start, text, json, thinking, signature}: Block): AnswerPart[] {
  if (start.type === 'text') return [{kind: 'text', text}];
  if (start.type === 'thinking') return [{kind: 'verbatim', item: {type: 'thinking', thinking, signature}}];
  if (start.type === 'redacted_thinking') {
    return [{kind: 'verbatim', item: {type: 'redacted_thinking', data: start.data}}];
  }
  if (start.type !== 'tool_use') return [];
  return [{kind: 'call', name: start.name, arguments: json || JSON.stringify(start.input ?? {})}];
}

/** Anthropic counts cached tokens beside the others; here they are a part of the input. */
function toUsage(counts: Counts): TokenUsage {
  const cached = numberOf(counts.cache_read_input_tokens);
  const written = numberOf(counts.cache_creation_input_tokens);
  return {
    input: numberOf(counts.input_tokens) + written + cached,
    cached,
    output: numberOf(counts.output_tokens),
  };
}

function withoutNulls(counts: Counts | undefined): Counts {
  return Object.fromEntries(Object.entries(counts ?? {}).filter(([, value]) => typeof value === 'number'));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
