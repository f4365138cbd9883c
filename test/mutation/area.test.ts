import {globSync} from 'node:fs';
import {areas} from './areas.ts';

// All tests of an area in one file: they share what they import, and each mutant is tried in a fraction of the time.
const root = new URL('../..', import.meta.url);
const patterns = areas[process.env.MUTATED_AREA ?? '']?.tests ?? [];
for (const file of globSync([...patterns], {cwd: root}).sort()) await import(new URL(file, root).href);
