import {runProgram} from '../../../dist/workflows/interpreter/index.js';
import {echoingHost} from './echoing-host.ts';

/** Runs a program several times within one workflow task. */
export async function measuredWorkflow(source: string, runs: number): Promise<void> {
  for (let run = 0; run < runs; run++) {
    const outcome = await runProgram(source, echoingHost);
    if (outcome.status !== 'completed') throw new Error(JSON.stringify(outcome));
  }
}
