import {readFile} from 'node:fs/promises';
import {type CommandContext, success} from '../command.ts';

/** `--version`: prints the package's version. */
export async function version({terminal}: CommandContext<'version'>): Promise<number> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const {version: number} = JSON.parse(text) as {version: string};
  terminal.out(`${number}\n`);
  return success;
}
