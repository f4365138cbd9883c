import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {MemoryStore} from '../../../source/server/store/memory.ts';
import {SqliteStore} from '../../../source/server/store/sqlite.ts';
import type {Store} from '../../../source/server/store/store.ts';

/** Every implementation of the store, to be held to one suite. */
export const stores: readonly {name: string; open(folder: string): Store}[] = [
  {name: 'in memory', open: () => new MemoryStore()},
  {
    name: 'on a file',
    open: (folder) => new SqliteStore(join(folder, `${randomUUID()}.sqlite`), 'normal', Date.now),
  },
];
