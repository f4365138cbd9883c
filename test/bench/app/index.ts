import {firstEvent} from './first-event.ts';
import {firstFrame} from './first-frame.ts';
import {idleCpu} from './idle-cpu.ts';
import {keyToFrame} from './key-to-frame.ts';
import type {BenchRow} from './row.ts';
import {longestStall} from './stall.ts';

/** The terminal app's numbers, one after the other: together they would disturb each other. */
export async function appRows(): Promise<BenchRow[]> {
  return [
    await firstFrame(),
    await firstEvent(),
    ...(await keyToFrame()),
    await longestStall(),
    await idleCpu(),
  ];
}
