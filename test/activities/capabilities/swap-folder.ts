import {mkdirSync, renameSync, symlinkSync, unlinkSync} from 'node:fs';
import {join} from 'node:path';

// Swaps a folder of a sandbox for a link that leads out, and back, until it is killed.
// Arguments: the sandbox, and the folder outside.

const [sandbox = '', outside = ''] = process.argv.slice(2);
const folder = join(sandbox, 'folder');

mkdirSync(folder, {recursive: true});
process.send?.('swapping', undefined, undefined, () => {
  for (let round = 0; ; round++) {
    const away = join(sandbox, `away-${round}`);
    attempt(() => renameSync(folder, away));
    attempt(() => symlinkSync(outside, folder));
    attempt(() => unlinkSync(folder));
    attempt(() => renameSync(away, folder));
  }
});

/** A tool may make the folder in between. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // The next round mends it.
  }
}
