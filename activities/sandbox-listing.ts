import {readdir} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {holdingPlace} from './held-folder.ts';
import {NoFileError} from './path-problems.ts';
import {partsOf} from './sandbox-path.ts';

/** Begins the name of what is not the person's: a file that is being written, and what calls have done. */
export const temporaryPrefix = '.~';

/**
 * The paths of all files below a folder of the sandbox, sorted, relative to the sandbox, with `/`.
 * Links are not followed.
 *
 * @throws ToolValidationError for a path that leads out or cannot be
 */
export async function listSandbox(sandbox: string, path = '.'): Promise<string[]> {
  // Where the folder is missing, there is nothing in it.
  const files = await filesBelow(sandbox, path).catch((error: unknown) => {
    if (error instanceof NoFileError) return [];
    throw error;
  });
  return files
    .map((parts) => [...partsOf(path), ...parts])
    .filter((parts) => !parts.some((part) => part.startsWith(temporaryPrefix)))
    .map((parts) => parts.join('/'))
    .sort();
}

/** As parts of paths that begin in the folder. */
function filesBelow(sandbox: string, path: string): Promise<string[][]> {
  return holdingPlace(sandbox, path, {}, async ({folder, name}) => {
    const start = join(folder, name);
    const entries = await readdir(start, {recursive: true, withFileTypes: true}).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => [...relative(start, entry.parentPath).split(sep), entry.name])
      .map((parts) => parts.filter((part) => part !== ''));
  });
}
