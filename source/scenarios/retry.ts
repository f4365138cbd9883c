import type {Scenario} from './scenario.ts';

export const retry: Scenario = {
  name: 'retry',
  title: 'A transient failure',
  shows: 'Temporal tries again: one scheduled activity, started at attempt 3. The model never knows.',
  prompt: 'Use the tool that fails twice.',
  script: () => [
    {calls: [{name: 'fail_transient', input: {times: 2}}]},
    {answer: (results) => `It worked: ${JSON.stringify(results[0]?.result)}`},
  ],
  concurrent: false,
  expected: {
    status: 'completed',
    answer: 'It worked: {"attempt":3}',
    files: {},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ✓ faults.fail_transient times: 2 attempt 3
└─ turn 2  model.request ✓ “It worked: {"attempt":3}”
`,
  },
};
