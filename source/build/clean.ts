import {rm} from 'node:fs/promises';

// Stale output would be packed: every build starts from nothing.
await rm(new URL('../../dist', import.meta.url), {recursive: true, force: true});
