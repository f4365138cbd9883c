import type {Scenario} from './scenario.ts';

export const validation: Scenario = {
  name: 'validation',
  title: 'Bad arguments',
  shows: 'They come back to the model, which repairs them; nothing is retried.',
  prompt: 'Halve a number and write the result.',
  script: () => [
    {
      calls: [
        {name: 'reject_input', input: {number: 7}},
        {name: 'write_file', input: {path: 'validation/half.txt'}},
        {name: 'write_file', input: {path: '../half.txt', content: 'outside'}},
      ],
    },
    {
      calls: [
        {name: 'reject_input', input: {number: 8}},
        {name: 'write_file', input: {path: 'validation/half.txt', content: '4\n'}},
      ],
    },
    {answer: (results) => `${results.filter(({failure}) => failure).length} calls were repaired.`},
  ],
  concurrent: true,
  expected: {
    status: 'completed',
    answer: '3 calls were repaired.',
    files: {'validation/half.txt': '4\n'},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  ├─ ✗ faults.reject_input number: 7 ToolValidationError: 7 is odd. Send an even number.
│  ├─ ✗ sandbox.write_file validation/half.txt ToolValidationError: write_file cannot take these arguments. content: Invalid input: expected string, received undefined.
│  └─ ✗ sandbox.write_file ../half.txt ToolValidationError: "../half.txt" leaves the sandbox. Use a path without "..".
├─ turn 2  model.request ✓
│  ├─ ✓ faults.reject_input number: 8
│  └─ ✓ sandbox.write_file validation/half.txt
└─ turn 3  model.request ✓ “3 calls were repaired.”
`,
  },
};
