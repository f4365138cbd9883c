import {globSync} from 'node:fs';
import {describe} from 'vitest';
import {areas} from './areas.ts';

// All tests of an area in one file: they share what they import, and each mutant is tried in a fraction of the time. Each
// file in a suite of its own, so that what it does before its tests is done for no others.
const root = new URL('../..', import.meta.url);
const patterns = areas[process.env.MUTATED_AREA ?? '']?.tests ?? [];
for (const file of globSync([...patterns], {cwd: root}).sort()) {
  describe(file, async () => {
    await import(new URL(file, root).href);
  });
}
