/** Text that is being edited. `cursor` is an offset in UTF-16 units and always stands between two graphemes. */
export interface TextBuffer {
  readonly text: string;
  readonly cursor: number;
  /** What the last kill took, for yanking. */
  readonly killed: string;
}

/** Characters of a prompt: it must stay below the 1 MB that a workflow's input may have. */
export const maximumLength = 500_000;

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** No grapheme that people use is longer; only so much text around the cursor is looked at. */
const longestGrapheme = 64;

/** A buffer with this text and the cursor behind it. */
export function bufferOf(text = ''): TextBuffer {
  return {text, cursor: text.length, killed: ''};
}

/** Puts text at the cursor; what exceeds `maximumLength` is left out. */
export function insert(buffer: TextBuffer, text: string): TextBuffer {
  const fitting = text.slice(0, Math.max(0, maximumLength - buffer.text.length));
  return splice(buffer, buffer.cursor, buffer.cursor, fitting);
}

/** The buffer with the cursor at an offset, clamped to the text. */
export function moveTo(buffer: TextBuffer, cursor: number): TextBuffer {
  return {...buffer, cursor: Math.min(buffer.text.length, Math.max(0, cursor))};
}

/** One grapheme to the left. */
export function left(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, graphemeBefore(buffer));
}

/** One grapheme to the right. */
export function right(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, graphemeAfter(buffer));
}

/** To the start of the word before the cursor. */
export function wordLeft(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, wordBefore(buffer));
}

/** Behind the end of the word after the cursor. */
export function wordRight(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, wordAfter(buffer));
}

/** To the start of the line that the cursor is in. */
export function lineStart(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, startOfLine(buffer));
}

/** To the end of the line that the cursor is in. */
export function lineEnd(buffer: TextBuffer): TextBuffer {
  return moveTo(buffer, endOfLine(buffer));
}

/** Removes the grapheme before the cursor. */
export function deleteBackward(buffer: TextBuffer): TextBuffer {
  return splice(buffer, graphemeBefore(buffer), buffer.cursor);
}

/** Removes the grapheme after the cursor. */
export function deleteForward(buffer: TextBuffer): TextBuffer {
  return splice(buffer, buffer.cursor, graphemeAfter(buffer));
}

/** Kills to the end of the line, or the line break where the cursor stands on it. */
export function killToLineEnd(buffer: TextBuffer): TextBuffer {
  const end = endOfLine(buffer);
  return kill(buffer, buffer.cursor, end === buffer.cursor ? end + 1 : end);
}

/** Kills to the start of the line. */
export function killToLineStart(buffer: TextBuffer): TextBuffer {
  return kill(buffer, startOfLine(buffer), buffer.cursor);
}

/** Kills the word before the cursor. */
export function killWordLeft(buffer: TextBuffer): TextBuffer {
  return kill(buffer, wordBefore(buffer), buffer.cursor);
}

/** Kills the word after the cursor. */
export function killWordRight(buffer: TextBuffer): TextBuffer {
  return kill(buffer, buffer.cursor, wordAfter(buffer));
}

/** Puts back what the last kill took. */
export function yank(buffer: TextBuffer): TextBuffer {
  return insert(buffer, buffer.killed);
}

function kill(buffer: TextBuffer, from: number, to: number): TextBuffer {
  const killed = buffer.text.slice(from, to);
  return killed === '' ? buffer : {...splice(buffer, from, to), killed};
}

function splice(buffer: TextBuffer, from: number, to: number, inserted = ''): TextBuffer {
  const text = buffer.text.slice(0, from) + inserted + buffer.text.slice(to);
  return {...buffer, text, cursor: from + inserted.length};
}

function graphemeBefore({text, cursor}: TextBuffer): number {
  const from = Math.max(0, cursor - longestGrapheme);
  let start = cursor;
  for (const {index} of segmenter.segment(text.slice(from, cursor))) start = from + index;
  return start;
}

function graphemeAfter({text, cursor}: TextBuffer): number {
  const [first] = segmenter.segment(text.slice(cursor, cursor + longestGrapheme));
  return cursor + (first?.segment.length ?? 0);
}

function wordBefore({text, cursor}: TextBuffer): number {
  let start = cursor;
  while (start > 0 && !isWord(text[start - 1])) start--;
  while (start > 0 && isWord(text[start - 1])) start--;
  return start;
}

function wordAfter({text, cursor}: TextBuffer): number {
  let end = cursor;
  while (end < text.length && !isWord(text[end])) end++;
  while (end < text.length && isWord(text[end])) end++;
  return end;
}

// Surrogates and marks count as parts of words, so that a jump never lands inside a grapheme.
function isWord(unit: string | undefined): boolean {
  return unit !== undefined && /\p{L}|\p{N}|\p{M}|\p{Cs}|_|\u200d|\ufe0f/u.test(unit);
}

function startOfLine({text, cursor}: TextBuffer): number {
  return cursor === 0 ? 0 : text.lastIndexOf('\n', cursor - 1) + 1;
}

function endOfLine({text, cursor}: TextBuffer): number {
  const end = text.indexOf('\n', cursor);
  return end < 0 ? text.length : end;
}
