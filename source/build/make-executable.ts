import {chmod} from 'node:fs/promises';

// npm makes the bin executable only when it links it first: a rebuilt one would not run any more.
await chmod(new URL('../../dist/source/bin.cjs', import.meta.url), 0o755);
