import {setTimeout as sleep} from 'node:timers/promises';
import {median} from './median.ts';
import {withProbedApp} from './probed-app.ts';
import type {BenchRow} from './row.ts';

/** From Enter to the run's first event on the screen, on a warm embedded server: median of nine. */
export async function firstEvent(): Promise<BenchRow> {
  const times = await withProbedApp(async ({terminal}) => {
    const measured: number[] = [];
    for (let run = 0; run < 10; run++) {
      await terminal.press('/scenario direct');
      await sleep(200);
      const before = started(terminal.output());
      const start = performance.now();
      terminal.write('\r');
      while (started(terminal.output()) === before) await sleep(1);
      measured.push(performance.now() - start);
      await sleep(600);
    }
    // The first run warms everything up.
    return measured.slice(1);
  });
  return {name: 'app: Enter → first event shown', value: median(times), unit: 'ms', target: 50};
}

/** How often an agent's start was drawn. */
function started(output: string): number {
  return output.split('durable_capability_agent').length;
}
