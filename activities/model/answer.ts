import {directCallId} from '../../workflows/protocol/identity.ts';
import type {JsonValue} from '../../workflows/protocol/json.ts';
import type {ModelStepResult, TokenUsage} from '../../workflows/protocol/model-step.ts';
import type {ToolCallRequest} from '../../workflows/protocol/transcript.ts';
import {type AnswerPart, type Author, textSeparator} from './answer-parts.ts';
import {toProviderState} from './provider-state.ts';
import {wellFormed} from './well-formed.ts';
import {isRecord, isTooDeep, parseJson} from './wire-values.ts';

/** Bytes. */
const longestArguments = 900_000;

/** Characters that are kept of arguments which no tool can take. */
const longestExcerpt = 4000;

/** Puts an answer into the form that the workflow keeps, well-formed. Empty texts are left out. */
export function toModelStepResult(
  parts: readonly AnswerPart[],
  author: Author,
  turn: number,
  usage?: TokenUsage,
): ModelStepResult {
  const kept = parts.filter((part) => part.kind !== 'text' || part.text !== '');
  const texts = kept.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  const calls = kept.flatMap((part) => (part.kind === 'call' ? [part] : []));
  const providerState = toProviderState(kept, author);
  return wellFormed({
    message: {
      role: 'assistant',
      content: texts.join(textSeparator),
      toolCalls: calls.map((call, index) => {
        const id = directCallId(turn, index + 1);
        return {id, name: call.name, ...parseArguments(call.arguments)};
      }),
      ...(providerState && {providerState}),
    },
    ...(usage && {usage}),
  });
}

type Arguments = Pick<ToolCallRequest, 'input' | 'problem'>;

/** A tool without parameters is often called with no arguments at all, or with `null`. */
function parseArguments(text: string): Arguments {
  if (text.trim() === '') return {input: {}};
  const bytes = Buffer.byteLength(text);
  if (bytes > longestArguments) {
    return problem(text, `have ${bytes} bytes; at most ${longestArguments} are possible. Send less at once.`);
  }
  const value = unwrapped(parseJson(text));
  if (value === undefined) return problem(text, 'are not valid JSON. Send one JSON object.');
  if (value === null) return {input: {}};
  if (!isRecord(value)) return problem(text, 'are valid JSON but no object. Send one JSON object.');
  if (isTooDeep(value)) return problem(text, 'are nested too deep. Send a flatter JSON object.');
  return {input: value};
}

/** Some models write their JSON into a JSON text. */
function unwrapped(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

/** Of a long text only its beginning goes on: the model has to be told, and knows what it wrote. */
function problem(text: string, what: string): Arguments {
  const excerpt = `${text.slice(0, longestExcerpt)}… (${text.length} characters)`;
  return {input: text.length <= longestExcerpt ? text : excerpt, problem: `The arguments ${what}`};
}
