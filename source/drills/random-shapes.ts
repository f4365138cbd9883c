import {type FanOut, type FanOutKind, fanOutKinds} from '../scenarios/fan-out.ts';

/** A fan-out's shape, without the folder that a run gives it. */
export type Shape = Omit<FanOut, 'folder'>;

/**
 * Random shapes of one family; the same seed gives the same shapes, whichever other families are asked for.
 *
 * @param seed a whole number
 * @param most how many subagents, and how many files, a shape has at most
 */
export function randomShapes(kind: FanOutKind, {seed, count, most}: ShapeWish): Shape[] {
  const random = randomNumbers(seed * fanOutKinds.length + fanOutKinds.indexOf(kind));
  const upToMost = () => 1 + Math.floor(random() * most);
  return Array.from({length: count}, () => ({
    kind,
    spawns: upToMost(),
    writes: kind === 'ptc-mixed' ? upToMost() : 0,
  }));
}

/** How many shapes of what size. */
export interface ShapeWish {
  seed: number;
  count: number;
  most: number;
}

/**
 * Numbers from 0 up to 1 that follow from a seed: Mulberry32, by Tommy Ettinger.
 *
 * @param seed its lowest 32 bits count
 */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
