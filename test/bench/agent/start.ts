import {durableTui} from '../../commands/command-line.ts';
import {type BenchRow, median} from '../row.ts';

/** From the start of the process to its end, and to its first result, with the embedded server. */
export async function benchStart(): Promise<BenchRow[]> {
  const ends: number[] = [];
  const results: number[] = [];
  for (let count = 0; count < 7; count += 1) {
    const start = Date.now();
    const {stdout} = await durableTui(['--in-process', '--scenario', 'direct', '--json']);
    ends.push(Date.now() - start);
    results.push(firstResult(stdout) - start);
  }
  return [
    {
      name: 'process start to first result (embedded)',
      value: median(results),
      unit: 'ms',
      target: '≤ 1200 ms',
      peer: '2.1–2.6 s',
    },
    {name: 'process start to exit (embedded)', value: median(ends), unit: 'ms', target: '≤ 2000 ms'},
  ];
}

function firstResult(output: string): number {
  const line = output.split('\n').find((text) => text.includes('"WorkflowExecutionCompleted"')) ?? '{}';
  return Date.parse((JSON.parse(line) as {time?: string}).time ?? '');
}
