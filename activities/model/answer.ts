import {directCallId} from '../../workflows/protocol/identity.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {ModelStepResult, TokenUsage} from '../../workflows/protocol/model-step.ts';
import type {ToolCallRequest} from '../../workflows/protocol/transcript.ts';
import type {AnsweredCall, AssistantTurn} from './conversation.ts';
import {stripTypes} from './strip-types.ts';

/** What an answer consists of, in the order in which the model gave it. */
export type AnswerPart = TextPart | VerbatimPart | {kind: 'call'; name: string; arguments: string};

/** What an earlier answer is sent back as; the same order as it was given. */
export type EarlierPart = TextPart | VerbatimPart | {kind: 'call'; call: AnsweredCall};

interface TextPart {
  kind: 'text';
  text: string;
  /** OpenAI's label of a message: commentary or final answer. */
  phase?: string;
}

/** Reasoning that only the provider understands. */
interface VerbatimPart {
  kind: 'verbatim';
  item: JsonObject;
}

/** Who gave an answer; its reasoning goes back to nobody else. */
export interface Author {
  provider: string;
  model: string;
}

/** Stands between two texts of one answer, so that they don't run together. */
export const textSeparator = '\n\n';

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
  const providerState = stateOf(kept, author);
  return {
    message: {
      role: 'assistant',
      content: texts.join(textSeparator),
      toolCalls: calls.map((call, index) => toolCallRequest(call, directCallId(turn, index + 1))),
      ...(providerState && {providerState}),
    },
    ...(usage && {usage}),
  };
}

/** An earlier answer in its original order, with its reasoning where the same model gave it. */
export function partsOf(turn: AssistantTurn, author: Author): EarlierPart[] {
  const calls = turn.calls.map((call): EarlierPart => ({kind: 'call', call}));
  const restored = restore(turn, calls, author);
  if (restored) return restored;
  return turn.content === '' ? calls : [{kind: 'text', text: turn.content}, ...calls];
}

function toolCallRequest(call: {name: string; arguments: string}, id: string): ToolCallRequest {
  const input = parseArguments(call.arguments);
  if (call.name === 'run_ptc' && typeof input !== 'string' && typeof input.code === 'string') {
    return {id, name: call.name, input: {...input, code: stripTypes(input.code)}};
  }
  return {id, name: call.name, input};
}

/** A tool without parameters is often called with no arguments at all. */
function parseArguments(text: string): JsonObject | string {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : text;
  } catch {
    return text;
  }
}

/**
 * How a part is kept: reasoning as it is, texts as their length and calls as their place only, since the message
 * has both already and a history should not carry them twice.
 */
type Slot = {verbatim: JsonObject} | {text: number; phase?: string} | {call: true};

function stateOf(parts: readonly AnswerPart[], author: Author): JsonObject | undefined {
  const plain = parts.every((part) => part.kind === 'call' || (part.kind === 'text' && !part.phase));
  if (plain) return undefined;
  return {...author, slots: parts.map(toSlot)};
}

function toSlot(part: AnswerPart): Slot {
  if (part.kind === 'verbatim') return {verbatim: part.item};
  if (part.kind === 'call') return {call: true};
  return {text: part.text.length, ...(part.phase && {phase: part.phase})};
}

/** Undefined where there is no state, another model gave it, or it doesn't fit the message. */
function restore(turn: AssistantTurn, calls: EarlierPart[], author: Author): EarlierPart[] | undefined {
  const slots = slotsOf(turn.providerState, author);
  if (!slots) return undefined;
  const waiting = [...calls];
  let offset = 0;
  const parts = slots.map((slot): EarlierPart | undefined => {
    if ('verbatim' in slot) return {kind: 'verbatim', item: slot.verbatim};
    if ('call' in slot) return waiting.shift();
    const text = turn.content.slice(offset, offset + slot.text);
    offset += slot.text + textSeparator.length;
    return {kind: 'text', text, ...(slot.phase && {phase: slot.phase})};
  });
  const complete = waiting.length === 0 && offset >= turn.content.length;
  return complete && parts.every((part) => part !== undefined) ? parts : undefined;
}

function slotsOf(state: JsonValue | undefined, author: Author): Slot[] | undefined {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return undefined;
  if (state.provider !== author.provider || state.model !== author.model) return undefined;
  return Array.isArray(state.slots) ? (state.slots as unknown as Slot[]) : undefined;
}
