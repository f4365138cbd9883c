import type {Scenario} from './scenario.ts';

export const workerCrash: Scenario = {
  name: 'worker-crash',
  title: 'The worker is killed',
  shows:
    'SIGKILL inside a slow tool; another worker finishes: the step in flight ran twice, its effect is there once.',
  prompt: 'Start afresh, write a file, then append slowly to another.',
  script: () => [
    // The log of an earlier run in the same sandbox.
    {calls: [{name: 'delete_file', input: {path: 'worker-crash/log.txt'}}]},
    {calls: [{name: 'write_file', input: {path: 'worker-crash/first.txt', content: 'first\n'}}]},
    {calls: [{name: 'slow_append', input: {path: 'worker-crash/log.txt', line: 'once', milliseconds: 1000}}]},
    {answer: (results) => `Attempts: ${JSON.stringify(results[2]?.result)}`},
  ],
  interruption: {action: 'kill-worker', once: {activityId: 't3.c1', workflow: ''}},
  concurrent: false,
  expected: {
    status: 'completed',
    answer: 'Attempts: {"attempt":2}',
    files: {
      'worker-crash/first.txt': 'first\n',
      'worker-crash/log.txt': 'once  [{idempotencyKey}]\n',
    },
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ✓ sandbox.delete_file worker-crash/log.txt
├─ turn 2  model.request ✓
│  └─ ✓ sandbox.write_file worker-crash/first.txt
├─ turn 3  model.request ✓
│  └─ ✓ faults.slow_append worker-crash/log.txt attempt 2
└─ turn 4  model.request ✓ “Attempts: {"attempt":2}”
`,
  },
};
