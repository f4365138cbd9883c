import {afterAll, beforeAll, expect, test} from 'vitest';
import {z} from 'zod';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defineCapability, tool} from '../../activities/define.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type AgentDefinition, capabilitiesOf} from '../../source/agent/define-agent.ts';
import {programsQuery} from '../../workflows/protocol/messages.ts';
import {type AgentEnvironment, startAgents} from '../agent/environment.ts';

const started = Promise.withResolvers<void>();
const gate = Promise.withResolvers<void>();

const gates = defineCapability({
  name: 'gates',
  tools: {
    pass: tool({
      description: 'Waits until the test opens the gate.',
      input: z.object({number: z.number()}),
      async run({number}) {
        started.resolve();
        await gate.promise;
        return {passed: number};
      },
    }),
  },
});

const agent: AgentDefinition = {
  ...defaultAgent,
  capabilities: [...defaultCapabilities, gates],
  limits: {program: {concurrency: 1}},
};

const program = `const even = await reject_input({number: 4});
try { await fail({message: 'broken'}) } catch {}
const passed = await gather(
  pass({number: 1}), pass({number: 2}),
);
return passed.length`;

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(agent), () => []);
});

afterAll(() => agents.close());

test('a running program shows each call with its place, its state and its result', async () => {
  const handle = await agents.start(agent, {prompt: '', program});
  await started.promise;
  const done = [
    {
      index: 1,
      tool: 'reject_input',
      position: {line: 1, column: 20},
      status: 'returned',
      summary: '2',
    },
    {index: 2, tool: 'fail', position: {line: 2, column: 13}, status: 'failed', summary: 'broken'},
  ];
  const [first, second] = [
    {index: 3, tool: 'pass', position: {line: 4, column: 3}},
    {index: 4, tool: 'pass', position: {line: 4, column: 22}},
  ];
  expect(await handle.query(programsQuery)).toEqual([
    {
      callId: 't1.c1',
      source: program,
      calls: [...done, {...first, status: 'running'}, {...second, status: 'waiting'}],
    },
  ]);
  gate.resolve();
  expect((await handle.result()).value).toBe(2);
  const [ended] = await handle.query(programsQuery);
  expect(ended?.calls).toEqual([
    ...done,
    {...first, status: 'returned', summary: '{"passed":1}'},
    {...second, status: 'returned', summary: '{"passed":2}'},
  ]);
});
