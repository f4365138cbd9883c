import {clipResults, clipText} from './clip-results.ts';
import {encodedBytes, maximumTranscriptBytes} from './limits.ts';
import type {ToolMessage, TranscriptMessage, UserMessage} from './transcript.ts';

/** The longest beginning of `messages` that fits into 1 MB; at least one message. */
export function takePage(messages: readonly TranscriptMessage[]): TranscriptMessage[] {
  let bytes = 0;
  const end = messages.findIndex((message, index) => {
    bytes += encodedBytes(message);
    return index > 0 && bytes > maximumTranscriptBytes;
  });
  return end < 0 ? [...messages] : messages.slice(0, end);
}

/** A conversation on both sides of the prompt that it is about. */
export interface Surroundings {
  /** What came before the prompt. */
  earlier: TranscriptMessage[];
  /** The answers and results since. */
  turns: TranscriptMessage[];
}

/**
 * The newest part of a conversation around a prompt that fits into `maximum` bytes. Older messages give way first; a
 * note then says so. The last turn stays in any case, if need be with its results clipped; a call and its result
 * stay or go together.
 */
export function dropOldestAround(
  {earlier, turns}: Surroundings,
  maximum = maximumTranscriptBytes,
): Surroundings {
  const turnBytes = encodedBytes(turns);
  if (encodedBytes(earlier) + turnBytes <= maximum) return {earlier, turns};
  const room = maximum - encodedBytes([droppedNote]);
  if (turnBytes <= room) return {earlier: [droppedNote, ...newest(earlier, room - turnBytes)], turns};
  return {earlier: [droppedNote], turns: newestTurns(turns, room)};
}

/**
 * The newest part of a conversation that fits into 1 MB, always with the last prompt. Where something was dropped, it
 * starts with a note that says so.
 */
export function dropOldest(messages: readonly TranscriptMessage[]): TranscriptMessage[] {
  if (encodedBytes(messages) <= maximumTranscriptBytes) return [...messages];
  const at = messages.findLastIndex(({role}) => role === 'user');
  const prompt = messages.slice(at, at + 1).map(clipPrompt);
  const {earlier, turns} = dropOldestAround(
    {earlier: messages.slice(0, Math.max(0, at)), turns: messages.slice(at + 1)},
    maximumTranscriptBytes - encodedBytes(prompt),
  );
  return [...earlier, ...prompt, ...turns];
}

const droppedNote: UserMessage = {
  role: 'user',
  content: '[The oldest part of this conversation was dropped, because it had grown too long.]',
};

function clipPrompt(message: TranscriptMessage): TranscriptMessage {
  const bytes = encodedBytes(message.role === 'user' ? message.content : undefined);
  const maximum = maximumTranscriptBytes / 2;
  if (message.role !== 'user' || bytes <= maximum) return message;
  return {...message, content: clipText(message.content, maximum, `[clipped: ${bytes} bytes]`)};
}

function newestTurns(turns: readonly TranscriptMessage[], maximum: number): TranscriptMessage[] {
  const kept = newest(turns, maximum);
  if (kept.length > 0) return kept;
  const last = turns.slice(turns.findLastIndex(({role}) => role === 'assistant'));
  const results = last.filter((message): message is ToolMessage => message.role === 'tool');
  const rest = last.filter(({role}) => role !== 'tool');
  return [...rest, ...clipResults(results, maximum - encodedBytes(rest))];
}

/** The longest end of `messages` that fits and does not begin with the result of a call that is not in it. */
function newest(messages: readonly TranscriptMessage[], maximum: number): TranscriptMessage[] {
  // The brackets; each message counts with the comma behind it.
  let bytes = 2;
  let start = messages.length;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    bytes += encodedBytes(message) + 1;
    if (bytes > maximum) break;
    if (message?.role !== 'tool') start = index;
  }
  return messages.slice(start);
}
