import type {
  Response,
  ResponseOutputItem,
  ResponseOutputMessage,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import {filtered, incomplete, refused, StreamedError, truncated} from './model-failure.ts';
import {responsesAuthor} from './openai-responses-request.ts';
import type {ModelRequest} from './provider.ts';
import type {AnswerReader} from './provider-stream.ts';

/** Reads the events of OpenAI's Responses API. */
export function responsesReader({model, turn}: ModelRequest): AnswerReader<ResponseStreamEvent> {
  const items = new Map<number, ResponseOutputItem>();
  let ended: Response | undefined;
  return {
    read(event) {
      // Only a finished item has the whole of its encrypted reasoning.
      if (event.type === 'response.output_item.done') items.set(event.output_index, event.item);
      if (isEnd(event)) ended = event.response;
      if (event.type !== 'response.output_text.delta') return undefined;
      return {text: event.delta, part: event.output_index};
    },
    finish() {
      if (!ended) throw incomplete();
      checkStatus(ended, model);
      const inOrder = [...items].sort(([one], [other]) => one - other).map(([, item]) => item);
      const output = inOrder.length > 0 ? inOrder : ended.output;
      const parts = output.flatMap(toParts);
      checkRefusal(output, parts, model);
      return toModelStepResult(parts, {provider: responsesAuthor, model}, turn, toUsage(ended));
    },
  };
}

function isEnd(event: ResponseStreamEvent) {
  return (
    event.type === 'response.completed' ||
    event.type === 'response.incomplete' ||
    event.type === 'response.failed'
  );
}

function checkStatus({status, error, incomplete_details}: Response, model: string): void {
  if (status === 'failed') throw new StreamedError({code: 'server_error', ...(error as JsonObject | null)});
  if (status !== 'incomplete') return;
  throw incomplete_details?.reason === 'content_filter' ? filtered(model) : truncated(model);
}

function checkRefusal(output: readonly ResponseOutputItem[], parts: readonly AnswerPart[], model: string) {
  const refusals = output.filter((item) => item.type === 'message').flatMap(refusalsOf);
  if (refusals.length > 0 && !parts.some(({kind}) => kind === 'call'))
    throw refused(model, refusals.join(' '));
}

function refusalsOf({content}: ResponseOutputMessage): string[] {
  return content.flatMap((part) => (part.type === 'refusal' ? [part.refusal] : []));
}

/** Reasoning that cannot be sent back (nothing is stored, nothing came encrypted) is dropped. */
function toParts(item: ResponseOutputItem): AnswerPart[] {
  if (item.type === 'function_call') return [{kind: 'call', name: item.name, arguments: item.arguments}];
  if (item.type === 'reasoning') {
    const kept = Boolean(item.encrypted_content) || Boolean(item.content?.length);
    return kept ? [{kind: 'verbatim', item: item as unknown as JsonObject}] : [];
  }
  if (item.type !== 'message') return [];
  const text = item.content.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
  return [{kind: 'text', text, ...(item.phase && {phase: item.phase})}];
}

function toUsage({usage}: Response): TokenUsage | undefined {
  if (!usage) return undefined;
  const cached = usage.input_tokens_details?.cached_tokens ?? 0;
  return {input: usage.input_tokens, cached, output: usage.output_tokens};
}
