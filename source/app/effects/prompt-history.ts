import {appendFile, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {makeFolder} from '../../make-folder.ts';

/** Prompts that are kept. */
const kept = 1000;

/** Prompts across sessions, in the user's state folder and readable for nobody else. */
export interface PromptHistory {
  /** Oldest first; empty where there is none or it cannot be read. */
  read(): Promise<string[]>;
  /** Rejects where the folder cannot be written. */
  append(prompt: string): Promise<void>;
}

/**
 * A history in `<folder>/prompt-history`, one JSON string a line.
 *
 * @param folder undefined for one that keeps nothing
 */
export function promptHistory(folder: string | undefined): PromptHistory {
  if (folder === undefined) return {read: async () => [], append: async () => {}};
  const file = join(folder, 'prompt-history');
  return {
    async read() {
      const prompts = (await readFile(file, 'utf8').catch(() => '')).split('\n').flatMap(parsePrompt);
      if (prompts.length > 2 * kept) await rewrite(file, prompts.slice(-kept)).catch(() => {});
      return prompts.slice(-kept);
    },
    async append(prompt) {
      await makeFolder(folder, 0o700);
      await appendFile(file, `${JSON.stringify(prompt)}\n`, {mode: 0o600});
    },
  };
}

function parsePrompt(line: string): string[] {
  try {
    const prompt: unknown = JSON.parse(line);
    return typeof prompt === 'string' ? [prompt] : [];
  } catch {
    return [];
  }
}

async function rewrite(file: string, prompts: readonly string[]): Promise<void> {
  await writeFile(file, prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(''), {mode: 0o600});
}
