import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import {anthropicAuthor} from './anthropic-request.ts';
import type {AnswerReader} from './live-provider.ts';
import {incomplete} from './model-failure.ts';
import type {ModelRequest} from './provider.ts';
import {checkStopReason} from './stop-reason.ts';
import {argumentsText, isRecord, numberOf, recordOf, textOf} from './wire-values.ts';

/** A content block that is still growing. */
interface Block {
  start: JsonObject;
  text: string;
  json: string;
  thinking: string;
  signature: string;
}

/** Reads the events of Anthropic's Messages API. */
export function anthropicReader({model, turn}: ModelRequest): AnswerReader {
  const blocks = new Map<number, Block>();
  let counts: JsonObject = {};
  let end: JsonObject = {};
  let stopped = false;
  return {
    read(event) {
      if (event.type === 'message_start') counts = withoutNulls(recordOf(event.message).usage);
      if (event.type === 'message_stop') stopped = true;
      if (event.type === 'message_delta') {
        counts = {...counts, ...withoutNulls(event.usage)};
        if (isRecord(event.delta)) end = event.delta;
      }
      const part = numberOf(event.index);
      if (event.type === 'content_block_start' && isRecord(event.content_block)) {
        return {text: start(blocks, part, event.content_block), part};
      }
      const block = event.type === 'content_block_delta' ? blocks.get(part) : undefined;
      return block && {text: extend(block, recordOf(event.delta)), part};
    },
    finish(complete) {
      const {stop_reason: reason, stop_details: details} = end;
      if (!reason && !stopped && !complete) throw incomplete();
      if (reason) checkStopReason(String(reason), model, textOf(recordOf(details).explanation));
      const inOrder = [...blocks].sort(([one], [other]) => one - other);
      const parts = inOrder.flatMap(([, block]) => toPart(block));
      return toModelStepResult(parts, {provider: anthropicAuthor, model}, turn, toUsage(counts));
    },
  };
}

/** A whole message as the events of a stream. */
export function anthropicEventsOfWhole(whole: JsonObject): JsonObject[] | undefined {
  const {content, usage = {}, stop_reason = null, stop_details = null} = whole;
  const blocks = typeof content === 'string' ? [{type: 'text', text: content}] : content;
  if (!Array.isArray(blocks)) return undefined;
  return [
    ...blocks.map((content_block, index) => ({type: 'content_block_start', index, content_block})),
    {type: 'message_delta', delta: {stop_reason, stop_details}, usage},
    {type: 'message_stop'},
  ];
}

/** Returns the text that the block begins with. */
function start(blocks: Map<number, Block>, index: number, block: JsonObject): string {
  const text = block.type === 'text' ? textOf(block.text) : '';
  const [thinking, signature] = [textOf(block.thinking), textOf(block.signature)];
  blocks.set(index, {start: block, text, json: '', thinking, signature});
  return text;
}

/** Returns the delta's text, where it is one. */
function extend(block: Block, delta: Record<string, unknown>): string {
  if (delta.type === 'input_json_delta') block.json += argumentsText(delta.partial_json);
  if (delta.type === 'thinking_delta') block.thinking += textOf(delta.thinking);
  if (delta.type === 'signature_delta') block.signature += textOf(delta.signature);
  const text = delta.type === 'text_delta' ? textOf(delta.text) : '';
  block.text += text;
  return text;
}

/** Thinking goes back exactly as it came; blocks of tools that the provider runs itself are not ours. */
function toPart({start, text, json, thinking, signature}: Block): AnswerPart[] {
  if (start.type === 'text') return [{kind: 'text', text}];
  if (start.type === 'thinking') return [{kind: 'verbatim', item: {type: 'thinking', thinking, signature}}];
  if (start.type === 'redacted_thinking') {
    return [{kind: 'verbatim', item: {type: 'redacted_thinking', data: textOf(start.data)}}];
  }
  if (start.type !== 'tool_use') return [];
  return [{kind: 'call', name: textOf(start.name), arguments: json || argumentsText(start.input)}];
}

/** Anthropic counts cached tokens beside the others; here they are a part of the input. */
function toUsage(counts: JsonObject): TokenUsage {
  const cached = numberOf(counts.cache_read_input_tokens);
  const written = numberOf(counts.cache_creation_input_tokens);
  return {
    input: numberOf(counts.input_tokens) + written + cached,
    cached,
    output: numberOf(counts.output_tokens),
  };
}

function withoutNulls(counts: unknown): JsonObject {
  const known = Object.entries(recordOf(counts)).filter(([, value]) => typeof value === 'number');
  return Object.fromEntries(known) as JsonObject;
}
