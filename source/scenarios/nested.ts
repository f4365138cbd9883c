import type {Scenario} from './scenario.ts';

const code = `const answer = await spawn({agent_name: 'generic', task: 'innermost'});
return 'The program heard: ' + answer;`;

export const nested: Scenario = {
  name: 'nested',
  title: 'Closure',
  shows: 'A subagent runs a program that spawns a subagent that uses a tool.',
  prompt: 'Go three levels deep.',
  script: ({agent, prompt}) => {
    if (agent !== 'generic') {
      return [
        {calls: [{name: 'spawn', input: {agent_name: 'generic', task: 'middle'}}]},
        {answer: (results) => String(results[0]?.result)},
      ];
    }
    if (prompt === 'middle') {
      return [{calls: [{name: 'run_ptc', input: {code}}]}, {answer: (results) => String(results[0]?.result)}];
    }
    return [
      {calls: [{name: 'write_file', input: {path: 'nested/deep.txt', content: 'deep\n'}}]},
      {answer: (results) => `wrote ${results[0]?.result}`},
    ];
  },
  concurrent: false,
  expected: {
    status: 'completed',
    answer: 'The program heard: wrote nested/deep.txt',
    files: {'nested/deep.txt': 'deep\n'},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ◆ spawn generic “middle” ✓ completed
│     ├─ turn 1  model.request ✓
│     │  └─ ƒ run_ptc ✓ 1 call
│     │     └─ ◆ L1 spawn generic “innermost” ✓ completed
│     │        ├─ turn 1  model.request ✓
│     │        │  └─ ✓ sandbox.write_file nested/deep.txt
│     │        └─ turn 2  model.request ✓ “wrote nested/deep.txt”
│     └─ turn 2  model.request ✓ “The program heard: wrote nested/deep.txt”
└─ turn 2  model.request ✓ “The program heard: wrote nested/deep.txt”
`,
  },
};
