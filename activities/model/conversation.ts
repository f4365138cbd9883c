import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {
  AssistantMessage,
  ToolCallRequest,
  ToolMessage,
  TranscriptMessage,
} from '../../workflows/protocol/transcript.ts';

/** A transcript as providers want it: each call beside its result, and nothing that they would refuse. */
export type ConversationTurn = {role: 'user'; content: string} | AssistantTurn;

/** One answer of the model and what came of its calls. */
export interface AssistantTurn {
  role: 'assistant';
  content: string;
  calls: AnsweredCall[];
  providerState?: JsonValue;
}

/** A call with its result, in the alphabet that every provider takes. */
export interface AnsweredCall {
  /** Unique in the conversation; letters, digits, `_` and `-`. */
  id: string;
  name: string;
  input: JsonObject;
  result: {text: string; failed: boolean};
}

/**
 * Pairs calls with results. Call ids repeat where a conversation goes on in a new run, which providers refuse, so
 * they are made unique by counting; earlier turns keep their ids when later ones are added, and prompt caches hold.
 * A result without its call is dropped; a call without its result (a run that was cut off) gets one that says so.
 */
export function toConversation(messages: readonly TranscriptMessage[]): ConversationTurn[] {
  const uses = new Map<string, number>();
  return messages.flatMap((message, index): ConversationTurn[] => {
    if (message.role === 'user') return [{role: 'user', content: message.content}];
    if (message.role === 'tool') return [];
    return [assistantTurn(message, resultsAfter(messages, index), uses)];
  });
}

function assistantTurn(
  message: AssistantMessage,
  results: ReadonlyMap<string, ToolMessage>,
  uses: Map<string, number>,
): AssistantTurn {
  const calls = message.toolCalls.map((call) => ({
    id: uniqueId(call.id, uses),
    name: call.name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64) || 'unnamed',
    input: inputObject(call),
    result: resultText(results.get(call.id)),
  }));
  const {content, providerState} = message;
  return {role: 'assistant', content, calls, ...(providerState !== undefined && {providerState})};
}

function resultsAfter(messages: readonly TranscriptMessage[], index: number): Map<string, ToolMessage> {
  const results = new Map<string, ToolMessage>();
  for (let next = index + 1; next < messages.length; next++) {
    const message = messages[next];
    if (message?.role !== 'tool') break;
    results.set(message.callId, message);
  }
  return results;
}

function uniqueId(callId: string, uses: Map<string, number>): string {
  const id = callId.replace(/[^A-Za-z0-9_-]/g, '_');
  const count = (uses.get(id) ?? 0) + 1;
  uses.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}

/** Providers take nothing but objects back; the key is the one that Anthropic's guide to tool streaming proposes. */
function inputObject({input}: ToolCallRequest): JsonObject {
  return typeof input === 'string' ? {INVALID_JSON: input} : input;
}

function resultText(message: ToolMessage | undefined): AnsweredCall['result'] {
  if (!message) return {text: 'Error: this call was cut off and has no result.', failed: true};
  const {failure, result = null} = message;
  if (!failure) return {text: typeof result === 'string' ? result : JSON.stringify(result), failed: false};
  const details = failure.details === undefined ? '' : `\n${JSON.stringify(failure.details)}`;
  return {text: `Error: ${failure.name}: ${failure.message}${details}`, failed: true};
}
