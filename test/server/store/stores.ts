import {MemoryStore} from '../../../source/server/store/memory.ts';
import type {Store} from '../../../source/server/store/store.ts';

/** Every implementation of the store, to be held to one suite. */
export const stores: readonly {name: string; open(): Store}[] = [
  {name: 'in memory', open: () => new MemoryStore()},
];
