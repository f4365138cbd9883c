import {mkdir, stat} from 'node:fs/promises';
import {dirname} from 'node:path';

/**
 * Makes a folder with those above it, where they are missing. Node's own recursive `mkdir` never ends where a folder
 * exists and says of new ones that there is none above them, as /proc does.
 *
 * @param path absolute
 * @param mode of each folder that is made; the system's own where absent
 * @throws the system's error where one of them cannot be made
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above, mode);
  await mkdir(path, {mode}).catch(async (error: unknown) => {
    // Somebody else may have made it in between.
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
