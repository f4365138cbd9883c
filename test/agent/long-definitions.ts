import {z} from 'zod';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {type Capability, defineCapability, tool} from '../../activities/define.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';

/** Instructions of 60 kB that no other agent has. */
function instructionsOf(name: string): string {
  return `You are ${name}. ${'Mind the rules. '.repeat(3750)}`;
}

const names = ['writer', 'critic', ...Array.from({length: 7}, (_, index) => `reader_${index}`)];

/** 543 kB of instructions, few tools. */
export const wordy: AgentDefinition = {
  ...defaultAgent,
  agents: Object.fromEntries(names.map((name) => [name, {instructions: instructionsOf(name)}])),
};

/** 300 tools of nearly 2 kB each. */
export const manyTools: Capability = defineCapability({
  name: 'many',
  tools: Object.fromEntries(
    Array.from({length: 300}, (_, index) => [
      `look_up_${index}`,
      tool({
        description: `Looks up in register ${index}. ${'It knows much. '.repeat(112)}`,
        input: z.object({key: z.string(), limit: z.number().optional()}),
        run: async ({key}) => `${key} in ${index}`,
      }),
    ]),
  ),
});

/** 543 kB of tools. */
export const skilled: AgentDefinition = {
  ...defaultAgent,
  capabilities: [...defaultCapabilities, manyTools],
  agents: {writer: {instructions: 'Write.'}, critic: {instructions: 'Find faults.'}},
};

/** A writer asks a critic, a critic a tool through a program; others answer at once. */
export const askEachOther: ModelScript = ({agent, prompt}) => {
  if (agent === 'writer') {
    return [
      {calls: [{name: 'spawn', input: {agent_name: 'critic', task: prompt}}]},
      {answer: ([result]) => `critic said: ${result?.result ?? result?.failure?.message}`},
    ];
  }
  if (agent !== 'critic') return [{answer: `${agent} says so`}];
  return [
    {calls: [{name: 'run_ptc', input: {code: prompt}}]},
    {answer: ([result]) => JSON.stringify(result?.result ?? result?.failure?.message)},
  ];
};
