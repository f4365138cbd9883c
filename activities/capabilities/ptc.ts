import {z} from 'zod';
import {defineCapability, tool} from '../define.ts';

/** What the model is told of programs; the workflow implements them. */
export const ptc = defineCapability({
  name: 'ptc',
  tools: {
    run_ptc: tool({
      description: 'Run a small JavaScript program that calls the other tools.',
      input: z.object({code: z.string()}),
    }),
  },
});
