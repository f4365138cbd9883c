import type {Scenario} from './scenario.ts';

const names = ['north', 'east', 'south', 'west'];

export const parallel: Scenario = {
  name: 'parallel',
  title: 'Parallel tool calls',
  shows: 'Four tool calls in one turn run at once.',
  prompt: 'Write one file for each direction.',
  script: () => [
    {
      calls: names.map((name) => ({
        name: 'write_file',
        input: {path: `parallel/${name}.txt`, content: `${name}\n`},
      })),
    },
    {answer: (results) => `Wrote ${results.length} files.`},
  ],
  concurrent: true,
  expected: {
    status: 'completed',
    answer: 'Wrote 4 files.',
    files: Object.fromEntries(names.map((name) => [`parallel/${name}.txt`, `${name}\n`])),
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  ├─ ✓ sandbox.write_file parallel/north.txt
│  ├─ ✓ sandbox.write_file parallel/east.txt
│  ├─ ✓ sandbox.write_file parallel/south.txt
│  └─ ✓ sandbox.write_file parallel/west.txt
└─ turn 2  model.request ✓ “Wrote 4 files.”
`,
  },
};
