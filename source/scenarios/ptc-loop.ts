import type {Scenario} from './scenario.ts';

const code = `for (let n = 1; n <= 10; n++) {
  await write_file({path: \`ptc-loop/\${n}.txt\`, content: 'x'.repeat(n)});
}
let long = 0;
for (const path of await list_files({path: 'ptc-loop'})) {
  const text = await read_file({path});
  if (text.length > 5) long += 1;
  if (long === 5) break;
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
    answer: '5 files are long.',
    files: Object.fromEntries(
      Array.from({length: 10}, (_, index) => [`ptc-loop/${index + 1}.txt`, 'x'.repeat(index + 1)]),
    ),
    history: '',
  },
};
