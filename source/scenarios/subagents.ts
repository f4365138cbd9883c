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
    history: '',
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
