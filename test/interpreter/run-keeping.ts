import {runProgram} from '../../workflows/interpreter/index.ts';
import {keepingPrograms} from './keeping-programs.ts';

// Runs programs that keep what they make, each with the default budgets, in a process of its own whose heap is bounded:
//   node --max-old-space-size=… run-keeping.ts <pattern of names>

const pattern = new RegExp(process.argv[2] ?? '');

for (const {name, source} of keepingPrograms.filter((program) => pattern.test(program.name))) {
  const outcome = await runProgram(source, {
    tools: [],
    startCall: () => {
      throw new Error('There are no tools');
    },
    yieldToHost: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const message = outcome.status === 'failed' ? outcome.failure.message : outcome.status;
  console.log(`${name}\t${message}`);
}
