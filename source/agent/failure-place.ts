import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';

/** What is compiled of this package; frames in it say nothing to an author. */
const ours = fileURLToPath(new URL('../../', import.meta.url));

/** What stands before the message of a syntax error, and the frames that lie in files. */
const place = /^(\/.+|file:\/\/.+):(\d+)$|^ +at (?:.*? \()?(?:async )?(file:\/\/.+?):(\d+):\d+\)?$/gm;

/**
 * Where a module of an author's failed: the first place that V8 names outside of this package and of installed ones.
 *
 * @param stack of the error; a syntax error's starts with its place, as `file:line`
 * @returns `file:line`, the file relative to the working directory; undefined where the stack names none
 */
export function failurePlace(stack: string): string | undefined {
  for (const [, head, headLine, frame, frameLine] of stack.matchAll(place)) {
    const file = head ?? (frame as string);
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    if (path.startsWith(ours) || path.includes('/node_modules/')) continue;
    return `${relative(process.cwd(), path)}:${headLine ?? frameLine}`;
  }
  return undefined;
}
