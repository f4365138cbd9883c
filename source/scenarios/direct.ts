import type {Scenario} from './scenario.ts';

export const direct: Scenario = {
  name: 'direct',
  title: 'Direct tool calls',
  shows: 'Three tool turns, then the answer; each tool is an activity.',
  prompt: 'Write a plan, read it back, and list what is there.',
  script: () => [
    {calls: [{name: 'write_file', input: {path: 'direct/plan.md', content: '# Plan\n'}}]},
    {calls: [{name: 'read_file', input: {path: 'direct/plan.md'}}]},
    {calls: [{name: 'list_files', input: {path: 'direct'}}]},
    {answer: (results) => `The plan is in ${String(results[2]?.result)}.`},
  ],
  concurrent: false,
  expected: {
    status: 'completed',
    answer: 'The plan is in direct/plan.md.',
    files: {'direct/plan.md': '# Plan\n'},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ✓ sandbox.write_file direct/plan.md
├─ turn 2  model.request ✓
│  └─ ✓ sandbox.read_file direct/plan.md
├─ turn 3  model.request ✓
│  └─ ✓ sandbox.list_files direct
└─ turn 4  model.request ✓ “The plan is in direct/plan.md.”
`,
  },
};
