import {setTimeout as sleep} from 'node:timers/promises';
import {withProbedApp} from './probed-app.ts';
import type {BenchRow} from './row.ts';

/** The longest time that the terminal's thread was held up while 54 workflows ran: six times eight subagents. */
export async function longestStall(): Promise<BenchRow> {
  const value = await withProbedApp(
    async ({terminal, read}) => {
      await read();
      for (let run = 0; run < 6; run++) {
        await terminal.press('/scenario subagents', '\r');
      }
      await terminal.see(/\d running/);
      while (/\d (running|waiting)/.test(terminal.screen()[0] ?? '')) await sleep(50);
      return (await read()).longestStall;
    },
    {stalls: true},
  );
  return {name: 'app: longest stall while 54 workflows run', value, unit: 'ms', target: 16};
}
