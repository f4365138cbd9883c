import {setTimeout as delay} from 'node:timers/promises';
import {z} from 'zod';
import {appendOnce} from '../../activities/append-once.ts';
import {defineCapability, tool} from '../../activities/define.ts';

/** What the drill adds to the default agent, by the way that is open to every author: `--capability`. */
export const drill = defineCapability({
  name: 'drill',
  tools: {
    record: tool({
      description: 'Appends a line to a file once, then lingers.',
      input: z.object({path: z.string(), line: z.string(), milliseconds: z.number()}),
      async run({path, line, milliseconds}, context) {
        await appendOnce(context, path, line);
        await delay(milliseconds, undefined, {signal: context.signal});
        return line;
      },
    }),
  },
});
