import {setTimeout as delay} from 'node:timers/promises';
import {z} from 'zod';
import {appendOnce} from '../append-once.ts';
import {defineCapability, tool} from '../define.ts';
import {ToolExecutionError, ToolRetryableError, ToolValidationError} from '../errors.ts';

// Quick enough to watch; a real tool would wait longer.
const quickRetry = {initialInterval: 200, maximumAttempts: 5};

/** Tools that fail in every way a tool can, so that each can be seen and tested. */
export const faults = defineCapability({
  name: 'faults',
  tools: {
    fail_transient: tool({
      description: 'Fails some times, then works.',
      input: z.object({times: z.number()}),
      activity: {retry: quickRetry},
      async run({times}, {attempt}) {
        if (attempt <= times) throw new ToolRetryableError(`Attempt ${attempt} failed; try again.`);
        return {attempt};
      },
    }),
    reject_input: tool({
      description: 'Takes only even numbers.',
      input: z.object({number: z.number()}),
      async run({number}) {
        if (number % 2 !== 0) throw new ToolValidationError(`${number} is odd. Send an even number.`);
        return number / 2;
      },
    }),
    fail: tool({
      description: 'Fails with the given message.',
      input: z.object({message: z.string()}),
      async run({message}) {
        throw new ToolExecutionError(message);
      },
    }),
    slow_append: tool({
      description: 'Appends a line after a wait, once.',
      input: z.object({path: z.string(), line: z.string(), milliseconds: z.number()}),
      activity: {startToCloseTimeout: 600_000, heartbeatTimeout: 1500, retry: quickRetry},
      async run({path, line, milliseconds}, context) {
        await delay(milliseconds, undefined, {signal: context.signal});
        await appendOnce(context, path, line);
        return {attempt: context.attempt};
      },
    }),
  },
});
