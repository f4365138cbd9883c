import {faults} from '../../activities/capabilities/faults.ts';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {type AgentDefinition, defineAgent} from './define-agent.ts';

/** The agent of the command line where `--agent` names no other. */
export const defaultAgent: AgentDefinition = defineAgent({
  name: 'durable_capability_agent',
  model: 'scripted',
  instructions: 'Use tools for durable work. Use spawn for bounded subagents.',
  capabilities: defaultCapabilities,
  scriptedCapabilities: [faults],
  agents: {
    generic: {
      description: 'Any task.',
      instructions: 'Do the task and answer in one paragraph.',
    },
  },
});
