import {z} from 'zod';
import {defineCapability, tool} from '../define.ts';

/** What the model is told of subagents; the workflow implements them. */
export const subagents = defineCapability({
  name: 'subagents',
  tools: {
    spawn: tool({
      description: 'Give a bounded task to a subagent and get its answer.',
      input: z.object({agent_name: z.string(), task: z.string()}),
    }),
  },
});
