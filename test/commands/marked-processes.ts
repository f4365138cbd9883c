import {randomUUID} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {expect, vi} from 'vitest';
import {patience} from '../patience.ts';

/** Processes that are found again by what stands in their environment: children inherit it. Linux only. */
export interface Mark {
  readonly environment: Readonly<Record<string, string>>;
  /** Ids of the processes that have it, from Linux's /proc. */
  processes(): Promise<number[]>;
  /** Waits until there are none. */
  allGone(): Promise<void>;
}

/** A mark that no process has yet. */
export function newMark(): Mark {
  const [name, value] = ['durable_tui_test', randomUUID()];
  const processes = () => processesWith(`${name}=${value}`);
  return {
    environment: {[name]: value},
    processes,
    allGone: () =>
      vi.waitFor(async () => expect(await processes()).toEqual([]), {timeout: patience, interval: 50}),
  };
}

async function processesWith(text: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const marked = await Promise.all(
    ids.map(async (id) => (await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '')).includes(text)),
  );
  return ids.filter((_, index) => marked[index]).map(Number);
}
