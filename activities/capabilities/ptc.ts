import {z} from 'zod';
import {defineCapability, tool} from '../define.ts';

/** What the model is told of programs; the workflow implements them. */
export const ptc = defineCapability({
  name: 'ptc',
  tools: {
    run_ptc: tool({
      description:
        'Run a small JavaScript program. All other tools are global async functions that take one object. ' +
        '`gather(a, b)` awaits calls at once. The value is that of `return` or of the last expression.',
      input: z.object({code: z.string()}),
    }),
  },
});
