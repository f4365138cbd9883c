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
    history: '',
  },
};
