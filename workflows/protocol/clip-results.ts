import {encodedBytes, maximumTranscriptResultBytes, maximumTurnResultBytes} from './limits.ts';
import type {ToolFailure} from './tool-call.ts';
import type {ToolMessage} from './transcript.ts';

/** The class of a failure is a name; more of it is not one. */
const longestFailureName = 100;

/**
 * What a turn's calls gave, as a model step can take it: each result or failure at most 64 kB, and all messages
 * together at most `maximum` bytes. What is longer than its share is clipped with a note; short ones stay whole.
 */
export function clipResults(
  messages: readonly ToolMessage[],
  maximum = maximumTurnResultBytes,
): ToolMessage[] {
  const contents = messages.map(({result, failure}) => encodedBytes(failure ?? result));
  const contentBytes = contents.reduce((sum, bytes) => sum + bytes, 0);
  const room = maximum - (encodedBytes(messages) - contentBytes);
  const share = Math.min(maximumTranscriptResultBytes, fairShare(contents, room));
  return messages.map((message) => clipResult(message, share));
}

/** The largest size to which each of `sizes` can be cut so that their sum is at most `total`. */
function fairShare(sizes: readonly number[], total: number): number {
  let left = Math.max(0, total);
  for (const [index, size] of [...sizes].sort((a, b) => a - b).entries()) {
    const share = Math.floor(left / (sizes.length - index));
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

function clipResult(message: ToolMessage, maximum: number): ToolMessage {
  const {result, failure} = message;
  const bytes = encodedBytes(failure ?? result);
  if (bytes <= maximum) return message;
  if (failure) return {...message, failure: clipFailure(failure, maximum)};
  const text = typeof result === 'string' ? result : JSON.stringify(result);
  return {...message, result: clipText(text, maximum, `[clipped: the whole result has ${bytes} bytes]`)};
}

/** A failure of at most `maximum` bytes: its message matters most, details become the beginning of their JSON. */
export function clipFailure(failure: ToolFailure, maximum = maximumTranscriptResultBytes): ToolFailure {
  if (encodedBytes(failure) <= maximum) return failure;
  const {message, details} = failure;
  const name = failure.name.slice(0, longestFailureName).toWellFormed();
  const room = maximum - encodedBytes({name, message: '', details: ''});
  const messageRoom = details === undefined ? room : room / 2;
  const beginning = whatFits(message, messageRoom, 'message');
  if (details === undefined) return {name, message: beginning};
  const detailsRoom = room - encodedBytes(beginning);
  return {name, message: beginning, details: whatFits(JSON.stringify(details), detailsRoom, 'details')};
}

function whatFits(text: string, maximum: number, what: string): string {
  const bytes = encodedBytes(text);
  return bytes <= maximum ? text : clipText(text, maximum, `[clipped: ${what} of ${bytes} bytes]`);
}

/** The beginning of a text and a note, as a JSON string of at most `maximum` bytes; at least the note. */
export function clipText(text: string, maximum: number, note: string): string {
  const room = maximum - encodedBytes(`\n${note}`);
  let end = Math.min(text.length, Math.max(0, room));
  for (;;) {
    // A cut may have gone through a surrogate pair.
    const beginning = text.slice(0, end).toWellFormed();
    const bytes = encodedBytes(beginning) - 2;
    if (end === 0 || bytes <= room) return `${beginning}\n${note}`;
    end = Math.floor((end * room) / bytes);
  }
}
