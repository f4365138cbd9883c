import {appendFile, readFile} from 'node:fs/promises';
import type {ToolContext} from './define.ts';
import {sandboxPath} from './sandbox-path.ts';

/**
 * Appends a line to a file of the sandbox, however often its call is tried: the call's key marks the line, so that
 * a second attempt sees what the first has done.
 */
export async function appendOnce(context: ToolContext, path: string, line: string): Promise<void> {
  const target = sandboxPath(context, path);
  const marked = `${line}  [${context.idempotencyKey}]`;
  const text = await readFile(target, 'utf8').catch(() => '');
  if (!text.split('\n').includes(marked)) await appendFile(target, `${marked}\n`);
}
