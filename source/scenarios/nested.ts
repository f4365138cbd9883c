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
    history: '',
  },
};
