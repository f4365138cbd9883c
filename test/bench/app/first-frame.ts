import {tmpdir} from 'node:os';
import {setTimeout as sleep} from 'node:timers/promises';
import {openAppTerminal} from '../../app/pty.ts';
import {median} from '../row.ts';
import type {BenchRow} from './row.ts';

/** From the start of the process to the first frame in the terminal: median of five. */
export async function firstFrame(): Promise<BenchRow> {
  const times: number[] = [];
  for (let attempt = 0; attempt < 5; attempt++) times.push(await oneStart());
  return {name: 'app: first frame after process start', value: median(times), unit: 'ms', target: 400};
}

async function oneStart(): Promise<number> {
  const start = performance.now();
  const terminal = openAppTerminal({args: ['--in-process'], cwd: tmpdir(), environment: {NO_HISTORY: '1'}});
  while (!terminal.output().includes('Prompt')) await sleep(1);
  const time = performance.now() - start;
  terminal.kill('SIGTERM');
  await terminal.exit;
  return time;
}
