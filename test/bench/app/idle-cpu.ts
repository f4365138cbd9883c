import {setTimeout as sleep} from 'node:timers/promises';
import {withProbedApp} from './probed-app.ts';
import type {BenchRow} from './row.ts';

const seconds = 30;

/** CPU of the app's process while nothing happens, after a run. */
export async function idleCpu(): Promise<BenchRow> {
  const cpu = await withProbedApp(async ({terminal, read}) => {
    await terminal.press('/scenario direct', '\r');
    await terminal.see('✓ completed');
    await sleep(1000);
    await read();
    await sleep(seconds * 1000);
    return (await read()).cpu;
  });
  return {
    name: `app: CPU while idle for ${seconds} s`,
    value: (cpu / (seconds * 1000)) * 100,
    unit: '%',
    target: 0.5,
  };
}
