import type {Scenario} from './scenario.ts';

const slow = {name: 'slow_append', input: {path: 'cancel/never.txt', line: 'never', milliseconds: 60_000}};

const canceled = {status: 'canceled', files: {}} as const;

export const cancelDirect: Scenario = {
  name: 'cancel-direct',
  title: 'Cancelling a tool',
  shows: 'Cancelling the run stops the running tool; there is no further model turn.',
  prompt: 'Start something slow.',
  script: () => [{calls: [slow]}],
  interruption: {action: 'cancel', once: {activityId: 't1.c1', workflow: ''}},
  concurrent: false,
  expected: {
    ...canceled,
    history: `
◆ durable_capability_agent ⊘ canceled
└─ turn 1  model.request ✓
   └─ ⊘ faults.slow_append cancel/never.txt
`,
  },
};

export const cancelChild: Scenario = {
  name: 'cancel-child',
  title: 'Cancelling a subagent',
  shows: 'Cancelling the run cancels its subagent and the tool that runs in it.',
  prompt: 'Ask a subagent for something slow.',
  script: ({agent}) =>
    agent === 'generic'
      ? [{calls: [slow]}]
      : [{calls: [{name: 'spawn', input: {agent_name: 'generic', task: 'Be slow.'}}]}],
  interruption: {action: 'cancel', once: {activityId: 't1.c1', workflow: '/t1.c1'}},
  concurrent: false,
  expected: {
    ...canceled,
    history: `
◆ durable_capability_agent ⊘ canceled
└─ turn 1  model.request ✓
   └─ ◆ spawn generic “Be slow.” ⊘ canceled
      └─ turn 1  model.request ✓
         └─ ⊘ faults.slow_append cancel/never.txt
`,
  },
};

export const cancelPtc: Scenario = {
  name: 'cancel-ptc',
  title: 'Cancelling a program',
  shows: 'Cancelling the run stops the call inside a program; the program cannot catch it.',
  prompt: 'Run a slow program.',
  script: () => [{calls: [{name: 'run_ptc', input: {code: program}}]}],
  interruption: {action: 'cancel', once: {activityId: 't1.c1.1', workflow: ''}},
  concurrent: false,
  expected: {
    ...canceled,
    history: `
◆ durable_capability_agent ⊘ canceled
└─ turn 1  model.request ✓
   └─ ƒ run_ptc ⊘ 1 call
      └─ ⊘ L2 faults.slow_append cancel/never.txt
`,
  },
};

const program = `try {
  await slow_append({path: 'cancel/never.txt', line: 'never', milliseconds: 60000});
} catch (error) {
  await write_file({path: 'cancel/caught.txt', content: 'This must not happen.'});
}`;
