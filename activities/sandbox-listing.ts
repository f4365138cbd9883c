import {readdir} from 'node:fs/promises';
import {join, relative, sep} from 'node:path';
import {resolveInSandbox} from './sandbox-path.ts';

/** Begins the name of a file that is being written. */
export const temporaryPrefix = '.~';

/**
 * The paths of all files below a folder of the sandbox, sorted, relative to the sandbox, with `/`.
 * Links are not followed.
 */
export async function listSandbox(sandbox: string, path = '.'): Promise<string[]> {
  const root = resolveInSandbox(sandbox, '.');
  const folder = resolveInSandbox(sandbox, path);
  const entries = await readdir(folder, {recursive: true, withFileTypes: true}).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith(temporaryPrefix))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
