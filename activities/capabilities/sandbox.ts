import {randomUUID} from 'node:crypto';
import {readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {z} from 'zod';
import {defineCapability, type ToolContext, tool} from '../define.ts';
import {editText} from '../edit-text.ts';
import {ToolExecutionError, ToolValidationError} from '../errors.ts';
import {listSandbox, temporaryPrefix} from '../sandbox-listing.ts';
import {resolveInSandbox, sandboxPath} from '../sandbox-path.ts';

const path = z.string();

/** Files in a folder that nothing leads out of. Every tool can be repeated without harm. */
export const sandbox = defineCapability({
  name: 'sandbox',
  tools: {
    write_file: tool({
      description: 'Write a text file.',
      input: z.object({path, content: z.string()}),
      async run({path, content}, context) {
        await replaceFile(context, path, content);
        return path;
      },
    }),
    read_file: tool({
      description: 'Read a text file.',
      input: z.object({path}),
      run: ({path}, context) => readText(context, path),
    }),
    list_files: tool({
      description: 'List all files, or those below a folder.',
      input: z.object({path: path.optional()}),
      run: ({path = '.'}, context) => listSandbox(context.sandbox, path),
    }),
    edit_file: tool({
      description: 'Replace a text that occurs once in a file.',
      input: z.object({path, old_text: z.string(), new_text: z.string()}),
      async run({path, old_text: before, new_text: after}, context) {
        const text = await readText(context, path);
        await replaceFile(context, path, editText(text, before, after, context.attempt));
        return path;
      },
    }),
    delete_file: tool({
      description: 'Delete a file.',
      input: z.object({path}),
      async run({path}, {sandbox}) {
        const target = resolveInSandbox(sandbox, path);
        const found = await stat(target).catch(() => undefined);
        if (found?.isDirectory())
          throw new ToolValidationError(`"${path}" is a folder; only files can be deleted.`);
        await rm(target, {force: true});
        return found !== undefined;
      },
    }),
  },
});

async function readText({sandbox, signal}: ToolContext, path: string): Promise<string> {
  const target = resolveInSandbox(sandbox, path);
  try {
    return await readFile(target, {encoding: 'utf8', signal});
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ToolExecutionError(`There is no file "${path}".`);
    if (code === 'EISDIR') throw new ToolExecutionError(`"${path}" is a folder. Use list_files.`);
    throw error;
  }
}

/** A reader never sees half a file, and a killed attempt leaves the old one. */
async function replaceFile(context: ToolContext, path: string, content: string): Promise<void> {
  const target = sandboxPath(context, path);
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory())
    throw new ToolValidationError(`"${path}" is a folder. Choose the name of a file.`);
  // Other agents may write the same file at the same moment.
  const temporary = join(dirname(target), `${temporaryPrefix}${randomUUID()}`);
  try {
    await writeFile(temporary, content, {signal: context.signal});
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, {force: true});
    throw error;
  }
}
