import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {toModelStepResult} from './answer.ts';
import type {AnswerPart} from './answer-parts.ts';
import type {AnswerReader} from './live-provider.ts';
import {incomplete, refused} from './model-failure.ts';
import {responsesAuthor} from './openai-responses-request.ts';
import type {ModelRequest} from './provider.ts';
import {checkStopReason} from './stop-reason.ts';
import {StreamedError} from './streamed-error.ts';
import {argumentsText, isRecord, isTooDeep, listOf, numberOf, recordOf, textOf} from './wire-values.ts';

const ends = ['response.completed', 'response.incomplete', 'response.failed', 'response.cancelled'];

/** Reads the events of OpenAI's Responses API. */
export function responsesReader({model, turn}: ModelRequest): AnswerReader {
  const items = new Map<number, JsonObject>();
  let ended: JsonObject | undefined;
  return {
    read(event) {
      const index = numberOf(event.output_index);
      // Only a finished item has the whole of its encrypted reasoning.
      if (event.type === 'response.output_item.done' && isRecord(event.item)) items.set(index, event.item);
      if (ends.includes(String(event.type)) && isRecord(event.response)) ended = event.response;
      if (event.type !== 'response.output_text.delta') return undefined;
      return {text: textOf(event.delta), part: index};
    },
    finish(complete) {
      if (!ended && !(complete && items.size > 0)) throw incomplete();
      checkStatus(ended ?? {}, model);
      const inOrder = [...items].sort(([one], [other]) => one - other).map(([, item]) => item);
      const output = inOrder.length > 0 ? inOrder : listOf(ended?.output).filter(isRecord);
      const parts = output.flatMap(toParts);
      checkRefusal(output, parts, model);
      return toModelStepResult(parts, {provider: responsesAuthor, model}, turn, toUsage(ended?.usage));
    },
  };
}

/** A whole response as the event that ends a stream, after the texts that a stream would have brought. */
export function responsesEventsOfWhole(whole: JsonObject): JsonObject[] | undefined {
  if (!Array.isArray(whole.output)) return undefined;
  const texts = whole.output.map((item, output_index) => {
    const {type, content} = recordOf(item);
    return {
      type: 'response.output_text.delta',
      output_index,
      delta: type === 'message' ? textOf(content) : '',
    };
  });
  return [...texts, {type: 'response.completed', response: whole}];
}

function checkStatus({status = 'completed', error, incomplete_details}: JsonObject, model: string): void {
  if (status === 'failed') throw new StreamedError({code: 'server_error', ...(isRecord(error) && error)});
  const {reason} = recordOf(incomplete_details);
  const unfinished = typeof reason === 'string' ? reason : 'length';
  checkStopReason(status === 'incomplete' ? unfinished : String(status), model);
}

function checkRefusal(output: readonly JsonObject[], parts: readonly AnswerPart[], model: string) {
  const refusals = output.filter(({type}) => type === 'message').flatMap(refusalsOf);
  if (refusals.length > 0 && !parts.some(({kind}) => kind === 'call'))
    throw refused(model, refusals.join(' '));
}

function refusalsOf({content}: JsonObject): string[] {
  const parts = listOf(content).map(recordOf);
  return parts.flatMap(({type, refusal}) => (type === 'refusal' ? [textOf(refusal)] : []));
}

/** Reasoning that cannot be sent back (nothing is stored, nothing came encrypted) is dropped. */
function toParts(item: JsonObject): AnswerPart[] {
  if (item.type === 'function_call')
    return [{kind: 'call', name: textOf(item.name), arguments: argumentsText(item.arguments)}];
  if (item.type === 'reasoning') {
    const kept = Boolean(item.encrypted_content) || listOf(item.content).length > 0;
    return kept && !isTooDeep(item) ? [{kind: 'verbatim', item}] : [];
  }
  if (item.type !== 'message') return [];
  const phase = textOf(item.phase);
  return [{kind: 'text', text: textOf(item.content), ...(phase && {phase})}];
}

function toUsage(usage: unknown): TokenUsage | undefined {
  if (!isRecord(usage)) return undefined;
  const cached = numberOf(recordOf(usage.input_tokens_details).cached_tokens);
  return {input: numberOf(usage.input_tokens), cached, output: numberOf(usage.output_tokens)};
}
