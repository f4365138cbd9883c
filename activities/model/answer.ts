import {directCallId} from '../../workflows/protocol/identity.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {ModelStepResult, TokenUsage} from '../../workflows/protocol/model-step.ts';
import {type AnswerPart, type Author, textSeparator} from './answer-parts.ts';
import {toProviderState} from './provider-state.ts';

/** Bytes. Longer arguments become a text, so that the model is told instead of the run failing. */
const longestArguments = 900_000;

/** Puts an answer into the form that the workflow keeps. Empty texts are left out. */
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
  return {
    message: {
      role: 'assistant',
      content: texts.join(textSeparator),
      toolCalls: calls.map((call, index) => {
        const id = directCallId(turn, index + 1);
        return {id, name: call.name, input: parseArguments(call.arguments)};
      }),
      ...(providerState && {providerState}),
    },
    ...(usage && {usage}),
  };
}

/** A tool without parameters is often called with no arguments at all. */
function parseArguments(text: string): JsonObject | string {
  if (text.trim() === '') return {};
  if (Buffer.byteLength(text) > longestArguments) return tooLong(text);
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : text;
  } catch {
    return text;
  }
}

function tooLong(text: string): string {
  return `${text.slice(0, 200)}… (${text.length} characters, which is too long: pass less than 900 kB)`;
}
