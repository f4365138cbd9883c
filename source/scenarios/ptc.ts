import type {Scenario} from './scenario.ts';

const code = `const [path, answer] = await gather(
  write_file({path: 'ptc/note.txt', content: 'Written by a program.\\n'}),
  spawn({agent_name: 'generic', task: 'Say hello.'}),
);
({path, answer})`;

export const ptc: Scenario = {
  name: 'ptc',
  title: 'A program',
  shows:
    'One program calls a tool and a subagent at once: an activity and a child workflow, no event of its own.',
  prompt: 'Write a note and ask a subagent, in one program.',
  script: ({agent}) =>
    agent === 'generic'
      ? [{answer: 'Hello.'}]
      : [
          {calls: [{name: 'run_ptc', input: {code}}]},
          {answer: (results) => `The program returned ${JSON.stringify(results[0]?.result)}.`},
        ],
  concurrent: true,
  expected: {
    status: 'completed',
    answer: 'The program returned {"path":"ptc/note.txt","answer":"Hello."}.',
    files: {'ptc/note.txt': 'Written by a program.\n'},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ƒ run_ptc ✓ 2 calls
│     ├─ ✓ L2 sandbox.write_file ptc/note.txt
│     └─ ◆ L3 spawn generic “Say hello.” ✓ completed
│        └─ turn 1  model.request ✓ “Hello.”
└─ turn 2  model.request ✓ “The program returned {"path":"ptc/note.txt","answer":"Hello…”
`,
  },
};
