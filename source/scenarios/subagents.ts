import type {Scenario} from './scenario.ts';

const count = 8;
const numbers = Array.from({length: count}, (_, index) => index + 1);

export const subagents: Scenario = {
  name: 'subagents',
  title: 'Eight subagents',
  shows: 'Eight child workflows at once; each writes a file and answers.',
  prompt: 'Give eight tasks to subagents.',
  script: ({agent, prompt}) => (agent === 'generic' ? subagent(prompt) : parent),
  concurrent: true,
  expected: {
    status: 'completed',
    answer: numbers.map((number) => `Task ${number} is done.`).join(' '),
    files: Object.fromEntries(numbers.map((number) => [`subagents/${number}.txt`, `task ${number}\n`])),
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  ├─ ◆ spawn generic “task 1” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/1.txt
│  │  └─ turn 2  model.request ✓ “Task 1 is done.”
│  ├─ ◆ spawn generic “task 2” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/2.txt
│  │  └─ turn 2  model.request ✓ “Task 2 is done.”
│  ├─ ◆ spawn generic “task 3” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/3.txt
│  │  └─ turn 2  model.request ✓ “Task 3 is done.”
│  ├─ ◆ spawn generic “task 4” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/4.txt
│  │  └─ turn 2  model.request ✓ “Task 4 is done.”
│  ├─ ◆ spawn generic “task 5” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/5.txt
│  │  └─ turn 2  model.request ✓ “Task 5 is done.”
│  ├─ ◆ spawn generic “task 6” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/6.txt
│  │  └─ turn 2  model.request ✓ “Task 6 is done.”
│  ├─ ◆ spawn generic “task 7” ✓ completed
│  │  ├─ turn 1  model.request ✓
│  │  │  └─ ✓ sandbox.write_file subagents/7.txt
│  │  └─ turn 2  model.request ✓ “Task 7 is done.”
│  └─ ◆ spawn generic “task 8” ✓ completed
│     ├─ turn 1  model.request ✓
│     │  └─ ✓ sandbox.write_file subagents/8.txt
│     └─ turn 2  model.request ✓ “Task 8 is done.”
└─ turn 2  model.request ✓ “Task 1 is done. Task 2 is done. Task 3 is done. Task 4 is d…”
`,
  },
};

const parent = [
  {calls: numbers.map((number) => ({name: 'spawn', input: {agent_name: 'generic', task: `task ${number}`}}))},
  {answer: (results: readonly {result?: unknown}[]) => results.map(({result}) => String(result)).join(' ')},
];

function subagent(task: string) {
  const number = task.replace('task ', '');
  return [
    {calls: [{name: 'write_file', input: {path: `subagents/${number}.txt`, content: `${task}\n`}}]},
    {answer: `Task ${number} is done.`},
  ];
}
