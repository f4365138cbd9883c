import {lstat, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {z} from 'zod';
import {maximumResultBytes} from '../../workflows/protocol/limits.ts';
import {defineCapability, type ToolContext, tool} from '../define.ts';
import {editFile} from '../edit-file.ts';
import {ToolValidationError} from '../errors.ts';
import {type HeldPlace, holdingPlace} from '../held-folder.ts';
import {NoFileError} from '../path-problems.ts';
import {bytesOf, decodedText, openRegularFile} from '../regular-file.ts';
import {replaceFile} from '../replace-file.ts';
import {listSandbox} from '../sandbox-listing.ts';

const path = z.string();

/** A file could not keep a lone surrogate, which has no UTF-8. */
const text = z.string().refine((text) => text.isWellFormed(), 'has half of a surrogate pair');

/** Files in a folder that nothing leads out of. Every tool can be repeated without harm. */
export const sandbox = defineCapability({
  name: 'sandbox',
  tools: {
    write_file: tool({
      description: 'Write a text file.',
      input: z.object({path, content: text}),
      async run({path, content}, context) {
        await holdingPlace(context.sandbox, path, {makeFolders: true}, (place) =>
          replaceFile(place, path, content, context),
        );
        return path;
      },
    }),
    read_file: tool({
      description: 'Read a text file.',
      input: z.object({path}),
      run: ({path}, context) =>
        holdingPlace(context.sandbox, path, {}, (place) => read(place, path, context)),
    }),
    list_files: tool({
      description: 'List all files, or those below a folder.',
      input: z.object({path: path.optional()}),
      run: ({path = '.'}, context) => listSandbox(context.sandbox, path),
    }),
    edit_file: tool({
      description: 'Replace a text that occurs once in a file.',
      input: z.object({path, old_text: z.string(), new_text: text}),
      async run({path, old_text: before, new_text: after}, context) {
        await editFile(context, path, before, after);
        return path;
      },
    }),
    delete_file: tool({
      description: 'Delete a file.',
      input: z.object({path}),
      run: ({path}, {sandbox}) =>
        holdingPlace(sandbox, path, {keepsLink: true}, (place) => remove(place, path)).catch(
          (error: unknown) => {
            if (error instanceof NoFileError) return false;
            throw error;
          },
        ),
    }),
  },
});

async function read(place: HeldPlace, path: string, {signal}: ToolContext): Promise<string> {
  const file = await openRegularFile(place, path);
  return decodedText(path, await bytesOf(file, path, maximumResultBytes, signal).finally(() => file.close()));
}

/** Of a link, the link itself. */
async function remove({folder, name}: HeldPlace, path: string): Promise<boolean> {
  const target = join(folder, name);
  if ((await lstat(target)).isDirectory())
    throw new ToolValidationError(`"${path}" is a folder; only files can be deleted.`);
  await rm(target);
  return true;
}
