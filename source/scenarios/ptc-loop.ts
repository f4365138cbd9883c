import type {Scenario} from './scenario.ts';

const code = `for (let n = 1; n <= 10; n++) {
  await write_file({path: \`ptc-loop/\${n}.txt\`, content: 'x'.repeat(n)});
}
let long = 0;
for (const path of await list_files({path: 'ptc-loop'})) {
  const text = await read_file({path});
  if (text.length > 5) long += 1;
  if (long === 4) break;
}
return long;`;

export const ptcLoop: Scenario = {
  name: 'ptc-loop',
  title: 'Loops and branches',
  shows: 'A program loops and branches over tool results: 20 calls, one model step.',
  prompt: 'Write ten files and count the long ones.',
  script: () => [
    {calls: [{name: 'run_ptc', input: {code}}]},
    {answer: (results) => `${results[0]?.result} files are long.`},
  ],
  concurrent: false,
  expected: {
    status: 'completed',
    answer: '4 files are long.',
    files: Object.fromEntries(
      Array.from({length: 10}, (_, index) => [`ptc-loop/${index + 1}.txt`, 'x'.repeat(index + 1)]),
    ),
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ƒ run_ptc ✓ 20 calls
│     ├─ ✓ L2 sandbox.write_file ptc-loop/1.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/2.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/3.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/4.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/5.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/6.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/7.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/8.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/9.txt
│     ├─ ✓ L2 sandbox.write_file ptc-loop/10.txt
│     ├─ ✓ L5 sandbox.list_files ptc-loop
│     ├─ ✓ L6 sandbox.read_file ptc-loop/1.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/10.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/2.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/3.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/4.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/5.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/6.txt
│     ├─ ✓ L6 sandbox.read_file ptc-loop/7.txt
│     └─ ✓ L6 sandbox.read_file ptc-loop/8.txt
└─ turn 2  model.request ✓ “4 files are long.”
`,
  },
};
