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
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ƒ run_ptc ✗ 3 calls ProgramError: ToolError: This branch fails.
│     ├─ ✓ L1 sandbox.write_file ptc-failure/before.txt
│     ├─ ⊘ L3 faults.slow_append ptc-failure/never.txt
│     └─ ✗ L4 faults.fail This branch fails. ToolExecutionError: This branch fails.
└─ turn 2  model.request ✓ “ToolError: This branch fails.”
`,
  },
};
