import {encodedBytes, maximumStartBytes, maximumTranscriptResultBytes} from './limits.ts';
import type {ToolMessage, TranscriptMessage, UserMessage} from './transcript.ts';

/** The longest beginning of `messages` that fits into 1 MB; at least one message. */
export function takePage(messages: readonly TranscriptMessage[]): TranscriptMessage[] {
  let bytes = 0;
  const end = messages.findIndex((message, index) => {
    bytes += encodedBytes(message);
    return index > 0 && bytes > maximumStartBytes;
  });
  return end < 0 ? [...messages] : messages.slice(0, end);
}

/**
 * The newest messages that fit into 1 MB. Where older ones are dropped, the transcript starts with a note that says
 * so, and never with the answer to a call that was dropped.
 */
export function dropOldest(messages: readonly TranscriptMessage[]): TranscriptMessage[] {
  let bytes = 0;
  let start = messages.length;
  while (start > 0 && bytes <= maximumStartBytes) {
    start -= 1;
    bytes += encodedBytes(messages[start]);
  }
  if (bytes <= maximumStartBytes) return [...messages];
  const kept = messages.slice(start + 1);
  const firstWhole = kept.findIndex((message) => message.role === 'user' || message.role === 'assistant');
  return [droppedNote, ...(firstWhole < 0 ? [] : kept.slice(firstWhole))];
}

const droppedNote: UserMessage = {
  role: 'user',
  content: '[The oldest part of this conversation was dropped, because it had grown too long.]',
};

/** A tool message whose result the model can take: at most 64 kB, clipped with a note. */
export function clipResult(message: ToolMessage): ToolMessage {
  const bytes = encodedBytes(message.result);
  if (bytes <= maximumTranscriptResultBytes) return message;
  const text = typeof message.result === 'string' ? message.result : JSON.stringify(message.result);
  const beginning = text.slice(0, maximumTranscriptResultBytes / 4);
  return {...message, result: `${beginning}\n[clipped: the whole result has ${bytes} bytes]`};
}
