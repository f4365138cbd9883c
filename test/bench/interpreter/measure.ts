import {performance} from 'node:perf_hooks';

/** The best and the middle of several runs, in milliseconds. */
export interface Timing {
  best: number;
  median: number;
}

/** Times a few runs of some work, after one to warm up. */
export async function measure(work: () => unknown, runs = 5): Promise<Timing> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  times.sort((left, right) => left - right);
  return {best: times[0] as number, median: times[Math.floor(runs / 2)] as number};
}
