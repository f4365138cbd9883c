import {leaveReceipt, receiptOf, withdrawReceipt} from './call-receipts.ts';
import type {ToolContext} from './define.ts';
import {editText} from './edit-text.ts';
import {type HeldPlace, holdingPlace} from './held-folder.ts';
import {bytesOf, decodedText, openRegularFile} from './regular-file.ts';
import {dropAttempt, replaceFile} from './replace-file.ts';

/** Bytes of a file that can be edited. */
const maximumEditBytes = 16_000_000;

/** Replaces a text that occurs once in a file of the sandbox, once, however often its call is tried. */
export async function editFile(
  context: ToolContext,
  path: string,
  before: string,
  after: string,
): Promise<void> {
  const {sandbox, idempotencyKey, attempt, signal} = context;
  await holdingPlace(sandbox, path, {}, async (place) => {
    if (attempt > 1 && (await isDone(context, place))) return;
    const text = await contentOf(place, path, signal);
    const edited = editText(text, before, after);
    const leave = () => leaveReceipt(sandbox, idempotencyKey, attempt);
    await replaceFile(place, path, edited, context, leave).catch(async (error: unknown) => {
      await withdrawReceipt(sandbox, idempotencyKey);
      throw error;
    });
  });
}

/**
 * Whether an earlier attempt has replaced the file: it was about to, and its new content does not lie about any more,
 * where taking it away would have kept that attempt from replacing the file later.
 */
async function isDone({sandbox, idempotencyKey}: ToolContext, {folder}: HeldPlace): Promise<boolean> {
  const attempt = await receiptOf(sandbox, idempotencyKey);
  return attempt !== undefined && !(await dropAttempt(folder, idempotencyKey, attempt));
}

async function contentOf(place: HeldPlace, path: string, signal: AbortSignal): Promise<string> {
  const file = await openRegularFile(place, path);
  return decodedText(path, await bytesOf(file, path, maximumEditBytes, signal).finally(() => file.close()));
}
