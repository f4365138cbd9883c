import {rmSync} from 'node:fs';
import {mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

// The one way to a folder in a test: it is removed when its test file is done (`after-each-file.ts`), and a run of the
// suite that leaves one fails (`leaves-nothing.ts`). Outside of the suite, when the process ends.

const folders = new Set<string>();

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, removal);
});

/** What was running may still be writing. */
const removal = {recursive: true, force: true, maxRetries: 10, retryDelay: 100} as const;

/** A new empty folder, by its real path. */
export async function emptyFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'durable-tui-')));
  folders.add(folder);
  return folder;
}

/** Removes all of them. */
export async function removeTemporaryFolders(): Promise<void> {
  await Promise.all([...folders].map((folder) => rm(folder, removal)));
  folders.clear();
}
