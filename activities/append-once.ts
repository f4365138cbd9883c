import {constants} from 'node:fs';
import type {ToolContext} from './define.ts';
import {holdingPlace} from './held-folder.ts';
import {bytesOf, openRegularFile} from './regular-file.ts';

const {O_RDWR, O_CREAT, O_APPEND} = constants;

/** Bytes of a file that lines can be appended to: it is read to find the line of an earlier attempt. */
const maximumBytes = 64_000_000;

/**
 * Appends a line to a file of the sandbox, however often its call is tried: the call's key marks the line, so that
 * a second attempt sees what the first has done. The line stands alone, also where the file did not end with one.
 */
export async function appendOnce(context: ToolContext, path: string, line: string): Promise<void> {
  const {sandbox, idempotencyKey, signal} = context;
  const marked = `${line}  [${idempotencyKey}]`;
  await holdingPlace(sandbox, path, {makeFolders: true}, async (place) => {
    const file = await openRegularFile(place, path, O_RDWR | O_CREAT | O_APPEND);
    try {
      const text = (await bytesOf(file, path, maximumBytes, signal)).toString();
      if (text.split('\n').includes(marked)) return;
      const start = text === '' || text.endsWith('\n') ? '' : '\n';
      await file.appendFile(`${start}${marked}\n`);
    } finally {
      await file.close();
    }
  });
}
