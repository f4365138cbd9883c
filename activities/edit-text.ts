import {ToolExecutionError, ToolValidationError} from './errors.ts';

/**
 * A text with `before`, which has to occur in it once, replaced by `after`.
 *
 * @param attempt from 1; a later one takes the edit for done where an earlier one has left just what it would leave
 * @throws ToolValidationError where `before` is empty
 * @throws ToolExecutionError where `before` doesn't occur, or more than once
 */
export function editText(text: string, before: string, after: string, attempt: number): string {
  if (before === '')
    throw new ToolValidationError('old_text is empty. Give the text that is to be replaced.');
  const positions = positionsOf(text, before);
  if (attempt > 1 && isEdited(text, positions, before, after)) return text;
  const [position] = positions;
  if (position === undefined) throw new ToolExecutionError('old_text does not occur in the file.');
  if (positions.length > 1)
    throw new ToolExecutionError(`old_text occurs ${positions.length} times; give more of it.`);
  return text.slice(0, position) + after + text.slice(position + before.length);
}

/** Whether `after` is there, and `before` only as a part of it. */
function isEdited(text: string, positions: readonly number[], before: string, after: string): boolean {
  return (
    text.includes(after) &&
    positions.every((position) => {
      const start = text.lastIndexOf(after, position);
      return start >= 0 && start + after.length >= position + before.length;
    })
  );
}

function positionsOf(text: string, part: string): number[] {
  const positions: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) positions.push(at);
  return positions;
}
