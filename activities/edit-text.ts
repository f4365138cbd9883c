import {ToolExecutionError, ToolValidationError} from './errors.ts';

/**
 * A text with `before`, which has to occur in it once, replaced by `after`.
 *
 * @throws ToolValidationError where `before` is empty
 * @throws ToolExecutionError where `before` doesn't occur, or more than once
 */
export function editText(text: string, before: string, after: string): string {
  if (before === '')
    throw new ToolValidationError('old_text is empty. Give the text that is to be replaced.');
  const count = countOf(text, before);
  if (count === 0) throw new ToolExecutionError('old_text does not occur in the file.');
  if (count > 1) throw new ToolExecutionError(`old_text occurs ${count} times; give more of it.`);
  const position = text.indexOf(before);
  return text.slice(0, position) + after + text.slice(position + before.length);
}

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}
