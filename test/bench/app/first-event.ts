import {setTimeout as sleep} from 'node:timers/promises';
import {formatClock} from '../../../source/history/duration.ts';
import {median} from '../row.ts';
import {withProbedApp} from './probed-app.ts';
import type {BenchRow} from './row.ts';

/** From Enter to the run's first event on the screen, on a warm embedded server: median of nine. */
export async function firstEvent(): Promise<BenchRow> {
  const times = await withProbedApp(async ({terminal}) => {
    const measured: number[] = [];
    for (let run = 0; run < 10; run++) {
      await terminal.press('/scenario direct');
      await sleep(200);
      const before = terminal.output().length;
      const enter = formatClock(Date.now()).slice(3);
      const start = performance.now();
      terminal.write('\r');
      while (!shownTimes(terminal.output().slice(before)).some((time) => time >= enter)) await sleep(1);
      measured.push(performance.now() - start);
      await sleep(600);
    }
    // The first run warms everything up.
    return measured.slice(1);
  });
  return {name: 'app: Enter → first event shown', value: median(times), unit: 'ms', target: 50};
}

/** When the events happened that were drawn; the pane leaves out the hour. */
function shownTimes(output: string): string[] {
  return output.match(/\d\d:\d\d\.\d{3}/g) ?? [];
}
