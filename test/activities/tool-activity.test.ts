import {MockActivityEnvironment} from '@temporalio/testing';
import {DefaultLogger} from '@temporalio/worker';
import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import {type RunnableTool, toolActivity} from '../../activities/tool-activity.ts';

const anything = z.object({}).loose();

const circle: {self?: unknown} = {};
circle.self = circle;

/** Runs a tool as the activity that a worker makes of it. */
function call(tool: Omit<RunnableTool, 'description'>, input: unknown = {}): Promise<unknown> {
  const environment = new MockActivityEnvironment({}, {logger: new DefaultLogger('ERROR')});
  const activity = toolActivity(
    'probe',
    {description: '', ...tool},
    {sandbox: '/s', heartbeatInterval: 1000},
    async () => 'first',
  );
  return environment.run(activity, input);
}

describe('a tool as an activity', () => {
  it('returns JSON, whatever the tool returns', async () => {
    const result = {when: new Date(0), bytes: Buffer.from('a'), odd: Number.NaN, nothing: undefined};
    expect(await call({input: anything, run: async () => result})).toEqual({
      when: '1970-01-01T00:00:00.000Z',
      bytes: {type: 'Buffer', data: [97]},
      odd: null,
    });
    expect(await call({input: anything, run: async () => () => 1})).toBeUndefined();
  });

  it.each([
    ['a BigInt', 1n],
    ['a circle', circle],
    ['too much', 'x'.repeat(1_000_001)],
  ])('fails at once where the tool returns %s', async (_, result) => {
    await expect(call({input: anything, run: async () => result})).rejects.toMatchObject({
      type: 'ToolExecutionError',
      nonRetryable: true,
    });
  });

  it('refuses input with a message of bounded length', async () => {
    const input = z.object(
      Object.fromEntries(Array.from({length: 2000}, (_, n) => [`field_${n}`, z.string()])),
    );
    const failure = await call({input, run: async () => 1}).catch((error: unknown) => error);
    expect(failure).toMatchObject({type: 'ToolValidationError', nonRetryable: true, stack: ''});
    expect((failure as Error).message.length).toBeLessThan(16_000);
  });

  it('takes a schema that waits, and an error of the schema as one of the tool', async () => {
    const waits = z.object({n: z.number().refine(async (n) => n > 1)});
    expect(await call({input: waits, run: async (input) => input}, {n: 2})).toEqual({n: 2});
    const fails = anything.transform(() => {
      throw new TypeError('a bug');
    });
    await expect(call({input: fails, run: async () => 1})).rejects.toMatchObject({
      type: 'ToolError',
      message: 'probe failed: a bug',
      stack: '',
    });
  });

  it('takes an abort of its own for a failure', async () => {
    const run = () => Promise.reject(AbortSignal.abort().reason);
    await expect(call({input: anything, run})).rejects.toMatchObject({
      type: 'ToolError',
      nonRetryable: false,
    });
  });
});
