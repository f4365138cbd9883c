import {constants} from 'node:fs';
import {type FileHandle, open} from 'node:fs/promises';
import {join} from 'node:path';
import {ToolExecutionError} from './errors.ts';
import type {HeldPlace} from './held-folder.ts';

const {O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0} = constants;

/**
 * Opens a regular file and nothing else: a pipe without a writer would hold one of the process's few threads for good.
 *
 * @param path as the model gave it, for messages
 * @param flags how to open it, beside never through a link and never waiting
 * @throws ToolExecutionError for a folder, a pipe, a socket or a device
 */
export async function openRegularFile(
  {folder, name}: HeldPlace,
  path: string,
  flags: number = O_RDONLY,
): Promise<FileHandle> {
  const handle = await open(join(folder, name), flags | O_NOFOLLOW | O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw new ToolExecutionError(`"${path}" is a folder. Use list_files.`);
    if (!found.isFile()) throw new ToolExecutionError(`"${path}" is no regular file.`);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/**
 * The whole content of an open file.
 *
 * @param maximum bytes; more are not read, whatever the file's size says
 * @throws ToolExecutionError where there are more
 */
export async function bytesOf(
  handle: FileHandle,
  path: string,
  maximum: number,
  signal: AbortSignal,
): Promise<Buffer> {
  const {size} = await handle.stat();
  if (size > maximum) throw tooLong(path, size, maximum);
  // More than there should be, since a file may grow meanwhile.
  const bytes = Buffer.alloc(Math.min(2 * size + 4096, maximum + 1));
  let length = 0;
  while (length < bytes.length) {
    signal.throwIfAborted();
    const {bytesRead} = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) return bytes.subarray(0, length);
    length += bytesRead;
  }
  throw tooLong(path, length, maximum);
}

function tooLong(path: string, size: number, maximum: number): Error {
  return new ToolExecutionError(`"${path}" has ${size} bytes; at most ${maximum} can be read.`);
}

/**
 * Bytes as the text that they are.
 *
 * @throws ToolExecutionError where they are no UTF-8: what would be replaced in silence could not be told apart later
 */
export function decodedText(path: string, bytes: Buffer): string {
  try {
    // A byte order mark stays: an edit must not lose it.
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    throw new ToolExecutionError(`"${path}" is no text in UTF-8 (${bytes.length} bytes).`);
  }
}
