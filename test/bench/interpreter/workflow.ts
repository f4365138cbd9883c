import {type ProgramHost, runProgram} from '../../../dist/workflows/interpreter/index.js';

/** Answers each call at once with its `value`: what is measured is the interpreter, not the tools. */
const host: ProgramHost = {
  tools: ['echo'],
  startCall: ({input}) => ({
    outcome: Promise.resolve({status: 'returned', value: (input as {value: number}).value}),
    cancel: () => {},
  }),
  yieldToHost: async () => {},
};

/** Runs a program several times within one workflow task. */
export async function measuredWorkflow(source: string, runs: number): Promise<void> {
  for (let run = 0; run < runs; run++) {
    const outcome = await runProgram(source, host);
    if (outcome.status !== 'completed') throw new Error(JSON.stringify(outcome));
  }
}
