import type {Scenario} from './scenario.ts';

export const childFailure: Scenario = {
  name: 'child-failure',
  title: 'A subagent fails',
  shows: 'The parent’s model sees a spawn failure with the cause, and still answers.',
  prompt: 'Ask a subagent that has nothing to say.',
  script: ({agent}) =>
    agent === 'generic'
      ? [{calls: [{name: 'list_files', input: {path: 'child-failure'}}]}]
      : [
          {calls: [{name: 'spawn', input: {agent_name: 'generic', task: 'Run out of script.'}}]},
          {answer: (results) => `The subagent could not do it. ${results[0]?.failure?.message}`},
        ],
  concurrent: false,
  expected: {
    status: 'completed',
    answer:
      'The subagent could not do it. The subagent failed: The model step of turn 2 failed: The script of "generic" has no step 2.',
    files: {},
    history: `
◆ durable_capability_agent ✓ completed
├─ turn 1  model.request ✓
│  └─ ◆ spawn generic “Run out of script.” ✗ failed ModelFailed: The model step of turn 2 failed: The script of "generic" has no step 2.
│     ├─ turn 1  model.request ✓
│     │  └─ ✓ sandbox.list_files child-failure
│     └─ turn 2  model.request ✗ ScriptEnded: The script of "generic" has no step 2.
└─ turn 2  model.request ✓ “The subagent could not do it. The subagent failed: The mode…”
`,
  },
};
