import {z} from 'zod';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import {
  type AnswerPart,
  type Author,
  type EarlierCallPart,
  type EarlierPart,
  textSeparator,
} from './answer-parts.ts';
import type {AssistantTurn} from './conversation.ts';

/**
 * How a part is kept: reasoning as it is, texts as their length and calls as their place only, since the message
 * has both already and a history should not carry them twice.
 */
const slotSchema = z.union([
  z.strictObject({verbatim: z.record(z.string(), z.json())}),
  z.strictObject({call: z.literal(true), extra: z.record(z.string(), z.json()).optional()}),
  z.strictObject({text: z.int().nonnegative(), phase: z.string().optional()}),
]);
const stateSchema = z.object({provider: z.string(), model: z.string(), slots: z.array(slotSchema)});

type Slot = z.infer<typeof slotSchema>;

/** What has to be kept of an answer besides its text and calls; undefined where that is nothing. */
export function toProviderState(parts: readonly AnswerPart[], author: Author): JsonObject | undefined {
  const plain = parts.every(
    (part) => (part.kind === 'call' && !part.extra) || (part.kind === 'text' && !part.phase),
  );
  return plain ? undefined : {...author, slots: parts.map(toSlot)};
}

/** An earlier answer in its original order, with its reasoning where the same model gave it. */
export function partsOf(turn: AssistantTurn, author: Author): EarlierPart[] {
  const calls = turn.calls.map((call): EarlierCallPart => ({kind: 'call', call}));
  const state = stateSchema.safeParse(turn.providerState).data;
  const sameAuthor = state?.provider === author.provider && state.model === author.model;
  const restored = sameAuthor ? restore(state.slots, turn.content, calls) : undefined;
  if (restored) return restored;
  return turn.content === '' ? calls : [{kind: 'text', text: turn.content}, ...calls];
}

function toSlot(part: AnswerPart) {
  if (part.kind === 'verbatim') return {verbatim: part.item};
  if (part.kind === 'call') return {call: true, ...(part.extra && {extra: part.extra})};
  return {text: part.text.length, ...(part.phase && {phase: part.phase})};
}

/** Undefined where the slots don't fit the message. */
function restore(
  slots: readonly Slot[],
  content: string,
  calls: readonly EarlierCallPart[],
): EarlierPart[] | undefined {
  const waiting = [...calls];
  let offset = 0;
  const parts = slots.map((slot): EarlierPart | undefined => {
    if ('verbatim' in slot) return {kind: 'verbatim', item: slot.verbatim};
    if ('call' in slot) return withExtra(waiting.shift(), slot.extra);
    const text = content.slice(offset, offset + slot.text);
    offset += slot.text + textSeparator.length;
    return {kind: 'text', text, ...(slot.phase && {phase: slot.phase})};
  });
  const textFits = offset === 0 ? content === '' : offset === content.length + textSeparator.length;
  const complete = textFits && waiting.length === 0 && parts.every((part) => part !== undefined);
  return complete ? parts : undefined;
}

function withExtra(
  part: EarlierCallPart | undefined,
  extra: JsonObject | undefined,
): EarlierPart | undefined {
  return part && extra ? {...part, extra} : part;
}
