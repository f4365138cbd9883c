import type {Scenario} from './scenario.ts';

const code = `await write_file({path: 'ptc-failure/before.txt', content: 'done\\n'});
await gather(
  slow_append({path: 'ptc-failure/never.txt', line: 'never', milliseconds: 60000}),
  fail({message: 'This branch fails.'}),
);`;

export const ptcFailure: Scenario = {
  name: 'ptc-failure',
  title: 'A program fails',
  shows:
    'One branch of a gather fails: its sibling is cancelled; the model sees kind, line, frame and what was done.',
  prompt: 'Run a program with a branch that fails.',
  script: () => [
    {calls: [{name: 'run_ptc', input: {code}}]},
    {answer: (results) => String(results[0]?.failure?.message)},
  ],
  concurrent: true,
  expected: {
    status: 'completed',
    answer: 'ToolError: This branch fails.',
    files: {'ptc-failure/before.txt': 'done\n'},
    history: '',
  },
};
