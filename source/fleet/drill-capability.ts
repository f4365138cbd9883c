import {appendFile, readFile} from 'node:fs/promises';
import {setTimeout as delay} from 'node:timers/promises';
import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import {sandboxPath} from '../../activities/sandbox-path.ts';

/** What the drill adds to the default agent, by the way that is open to every author: `--capability`. */
export const drill = defineCapability({
  name: 'drill',
  tools: {
    record: tool({
      description: 'Appends a line to a file once, then lingers.',
      input: z.object({path: z.string(), line: z.string(), milliseconds: z.number()}),
      async run({path, line, milliseconds}, context) {
        const target = sandboxPath(context, path);
        // The call's id marks its line, so that a second attempt sees what the first has done.
        const marked = `${line}  [${context.workflowId} ${context.callId}]\n`;
        const text = await readFile(target, 'utf8').catch(() => '');
        if (!text.includes(marked)) await appendFile(target, marked);
        await delay(milliseconds, undefined, {signal: context.signal});
        return line;
      },
    }),
  },
});
