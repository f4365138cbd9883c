import {readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {holdingPlace} from './held-folder.ts';
import {temporaryPrefix} from './sandbox-listing.ts';

// A call may be done and its result lost. What a file looks like does not tell: it may have looked so before. So a call
// says, before it does what cannot be done twice, which attempt is about to do it.

const receiptFolder = `${temporaryPrefix}calls`;

/** Milliseconds that a receipt is kept: longer than any call is tried again. */
const keptFor = 24 * 60 * 60 * 1000;

/** The attempt that was about to do a call's work; undefined where none has come so far. */
export async function receiptOf(sandbox: string, idempotencyKey: string): Promise<number | undefined> {
  return inReceiptFolder(sandbox, async (folder) => {
    const text = await readFile(join(folder, idempotencyKey), 'utf8').catch(() => '');
    return /^\d+$/.test(text) ? Number(text) : undefined;
  });
}

/** Says that an attempt is about to do its call's work. */
export async function leaveReceipt(sandbox: string, idempotencyKey: string, attempt: number): Promise<void> {
  await inReceiptFolder(sandbox, async (folder) => {
    await dropOld(folder);
    await writeFile(join(folder, idempotencyKey), String(attempt));
  });
}

/** Takes a receipt back: the attempt has failed, and nothing was done. */
export async function withdrawReceipt(sandbox: string, idempotencyKey: string): Promise<void> {
  await inReceiptFolder(sandbox, (folder) => rm(join(folder, idempotencyKey), {force: true}));
}

function inReceiptFolder<T>(sandbox: string, work: (folder: string) => Promise<T>): Promise<T> {
  return holdingPlace(sandbox, `${receiptFolder}/x`, {makeFolders: true, keepsLink: true}, ({folder}) =>
    work(folder),
  );
}

async function dropOld(folder: string): Promise<void> {
  // Where the sandbox is a project, its version control is not to see this folder.
  await writeFile(join(folder, '.gitignore'), '*\n');
  const oldest = Date.now() - keptFor;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < oldest) await rm(path, {force: true});
  }
}
