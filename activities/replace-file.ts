import {chmod, chown, lstat, rename, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {ToolContext} from './define.ts';
import {ToolExecutionError, ToolValidationError} from './errors.ts';
import type {HeldPlace} from './held-folder.ts';
import {temporaryPrefix} from './sandbox-listing.ts';

type Call = Pick<ToolContext, 'attempt' | 'idempotencyKey' | 'signal'>;

/**
 * Gives a file a new content in one step: a reader never sees half of it, and a killed attempt leaves the old one.
 *
 * Mode and owner stay. The name gets a file of its own: another name of the old one (a hard link, which may well be
 * outside of the sandbox) keeps the old content.
 *
 * @param path as the model gave it, for messages
 * @param beforeRename what has to be on disk before the new content is
 * @throws ToolValidationError for a folder, ToolExecutionError for what is no regular file or has to keep another owner
 */
export async function replaceFile(
  {folder, name}: HeldPlace,
  path: string,
  content: string,
  call: Call,
  beforeRename: () => Promise<void> = async () => {},
): Promise<void> {
  const target = join(folder, name);
  const old = await attributesOf(target, path);
  // Of this attempt alone: others may write the same file at the same moment.
  const temporary = join(folder, temporaryName(call.idempotencyKey, call.attempt));
  await dropEarlierAttempts(folder, call);
  try {
    // What is to be private is never readable in between.
    await writeFile(temporary, content, {signal: call.signal, flag: 'wx', mode: old ? 0o600 : 0o666});
    if (old) await giveAttributes(temporary, path, old);
    await beforeRename();
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, {force: true});
    throw error;
  }
}

/**
 * Takes the unfinished file of an earlier attempt away.
 *
 * @returns whether there was one: that attempt has not replaced its file and cannot any more
 */
export async function dropAttempt(folder: string, idempotencyKey: string, attempt: number): Promise<boolean> {
  try {
    await rm(join(folder, temporaryName(idempotencyKey, attempt)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function dropEarlierAttempts(folder: string, {attempt, idempotencyKey}: Call): Promise<void> {
  for (let earlier = 1; earlier < attempt; earlier++) await dropAttempt(folder, idempotencyKey, earlier);
}

function temporaryName(idempotencyKey: string, attempt: number): string {
  return `${temporaryPrefix}${idempotencyKey}.${attempt}`;
}

interface Attributes {
  mode: number;
  uid: number;
  gid: number;
}

/** Undefined where there is no file yet. */
async function attributesOf(target: string, path: string): Promise<Attributes | undefined> {
  const found = await lstat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (found?.isDirectory())
    throw new ToolValidationError(`"${path}" is a folder. Choose the name of a file.`);
  if (found && !found.isFile()) throw new ToolExecutionError(`"${path}" is no regular file.`);
  return found;
}

async function giveAttributes(temporary: string, path: string, {mode, uid, gid}: Attributes): Promise<void> {
  const own = await lstat(temporary);
  if (own.uid !== uid || own.gid !== gid) {
    await chown(temporary, uid, gid).catch(() => {
      throw new ToolExecutionError(
        `"${path}" belongs to another user, whom a new file could not be given to.`,
      );
    });
  }
  // As with any write, rights to run as somebody else end.
  await chmod(temporary, mode & 0o777);
}
