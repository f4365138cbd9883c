import type {Scenario} from './scenario.ts';

const code = `const names = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => \`ptc-fanout/\${n}.txt\`);
const paths = await gather(...names.map((path) => write_file({path, content: path})));
paths.length`;

export const ptcFanout: Scenario = {
  name: 'ptc-fanout',
  title: 'A fan-out',
  shows: 'A program gathers eight calls; they run at once.',
  prompt: 'Write eight files at once.',
  script: () => [
    {calls: [{name: 'run_ptc', input: {code}}]},
    {answer: (results) => `The program wrote ${results[0]?.result} files.`},
  ],
  concurrent: true,
  expected: {
    status: 'completed',
    answer: 'The program wrote 8 files.',
    files: Object.fromEntries(
      Array.from({length: 8}, (_, index) => [`ptc-fanout/${index + 1}.txt`, `ptc-fanout/${index + 1}.txt`]),
    ),
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ƒ run_ptc ✓ 8 calls
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/1.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/2.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/3.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/4.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/5.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/6.txt
│     ├─ ✓ L2 sandbox.write_file ptc-fanout/7.txt
│     └─ ✓ L2 sandbox.write_file ptc-fanout/8.txt
└─ turn 2  model.request ✓ “The program wrote 8 files.”
`,
  },
};
