import type {Scenario} from './scenario.ts';

export const executionError: Scenario = {
  name: 'execution-error',
  title: 'A known failure',
  shows: 'It reaches the model and is not retried.',
  prompt: 'Read a file that is not there, then give up politely.',
  script: () => [
    {calls: [{name: 'read_file', input: {path: 'execution-error/missing.txt'}}]},
    {calls: [{name: 'fail', input: {message: 'The printer is on fire.'}}]},
    {answer: (results) => results.map(({failure}) => failure?.message).join(' ')},
  ],
  concurrent: false,
  expected: {
    status: 'completed',
    answer: 'There is no file "execution-error/missing.txt". The printer is on fire.',
    files: {},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ✗ sandbox.read_file execution-error/missing.txt ToolExecutionError: There is no file "execution-error/missing.txt".
├─ turn 2  model.request ✓
│  └─ ✗ faults.fail The printer is on fire. ToolExecutionError: The printer is on fire.
└─ turn 3  model.request ✓ “There is no file "execution-error/missing.txt". The printer…”
`,
  },
};
