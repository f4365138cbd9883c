import {createHash} from 'node:crypto';
import {setTimeout as delay} from 'node:timers/promises';
import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import {ToolExecutionError} from '../../activities/errors.ts';

/** What a call of `draw` comes to, and after how many milliseconds. */
export interface Drawn {
  latency: number;
  outcome: {value: number | string | (number | string)[]} | {failure: string};
}

/** The outcome of a call: random, but the same for the same place in a program and the same input. */
export function draw(callId: string, input: unknown): Drawn {
  const [first = 0, second = 0, third = 0] = createHash('sha256')
    .update(`${callId} ${JSON.stringify(input)}`)
    .digest();
  const latency = first % 4 === 0 ? 0 : first % 60;
  if (second % 5 === 0) return {latency, outcome: {failure: `no luck with ${third}`}};
  const values = [third, `text ${third}`, [third, 'list']];
  return {latency, outcome: {value: values[second % 3] as number}};
}

/** A tool whose results, latencies and failures are random. */
export const chance = defineCapability({
  name: 'chance',
  tools: {
    draw: tool({
      description: 'Comes to something random.',
      input: z.looseObject({}),
      async run(input, {callId, signal}) {
        const {latency, outcome} = draw(callId, input);
        await delay(latency, undefined, {signal});
        if ('failure' in outcome) throw new ToolExecutionError(outcome.failure);
        return outcome.value;
      },
    }),
  },
});
