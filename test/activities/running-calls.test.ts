import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type AgentEnvironment, startAgents} from '../agent/environment.ts';

const heartbeat = 1500;
const patientRetries = {maximumAttempts: 5, initialInterval: 100, backoffCoefficient: 1};

/** What the tools have done, in order. */
const done: string[] = [];
let inHand = 0;
let mostInHand = 0;

const blocking = defineCapability({
  name: 'blocking',
  tools: {
    hold: tool({
      description: 'Hold the event loop.',
      input: z.object({}),
      activity: {heartbeatTimeout: heartbeat, retry: patientRetries},
      async run(_, {attempt}) {
        done.push(`hold ${attempt}`);
        await Promise.resolve();
        const end = performance.now() + 2 * heartbeat;
        while (performance.now() < end);
        return 'held';
      },
    }),
    hold_once: tool({
      description: 'Hold the event loop in the only attempt.',
      input: z.object({}),
      activity: {heartbeatTimeout: heartbeat, retry: {maximumAttempts: 1}},
      async run() {
        const end = performance.now() + 2 * heartbeat;
        while (performance.now() < end);
      },
    }),
    linger: tool({
      description: 'Ignore the signal.',
      input: z.object({}),
      activity: {startToCloseTimeout: 1000, retry: patientRetries},
      async run(_, {attempt}) {
        mostInHand = Math.max(mostInHand, ++inHand);
        done.push(`linger ${attempt}`);
        if (attempt === 1) await new Promise((resolve) => setTimeout(resolve, 3000));
        inHand -= 1;
        return `lingered ${attempt}`;
      },
    }),
  },
});

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents([...defaultAgent.capabilities, blocking], () => []);
});
afterAll(() => agents.close());

async function resultOf(program: string): Promise<unknown> {
  const agent = {...defaultAgent, capabilities: [...defaultAgent.capabilities, blocking]};
  const handle = await agents.start(agent, {prompt: '', program});
  return (await handle.result()).value;
}

describe('an attempt that still runs', () => {
  it('or ran to its end is not run again where it held the event loop, and the failure says so', async () => {
    const program = "try { await hold({}) } catch (error) { return error.name + ': ' + error.message }";
    const message = await resultOf(program);
    expect(message).toMatch(
      /^ToolExecutionError: blocking\.hold held its worker for \d\.\ds, while its heartbeat allows 1\.5s: .* attempt 1 .* ran to its end\. It is not run again\./,
    );
    expect(done.filter((entry) => entry.startsWith('hold'))).toEqual(['hold 1']);
  });

  it('says what holds event loops where there is no other attempt', async () => {
    const program = 'try { await hold_once({}) } catch (error) { return error.message }';
    expect(await resultOf(program)).toBe(
      'blocking.hold_once timed out (HEARTBEAT): its worker died, or the tool held the event loop of its worker.',
    );
  });

  it('is never joined by another one, which waits for its end', async () => {
    // Which attempt finds the first one ended depends on when the server gives each up.
    expect(await resultOf('await linger({})')).toMatch(/^lingered [2-5]$/);
    expect(done.filter((entry) => entry.startsWith('linger'))).toHaveLength(2);
    expect(mostInHand).toBe(1);
  });
});
