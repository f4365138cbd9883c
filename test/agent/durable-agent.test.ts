import {setTimeout as delay} from 'node:timers/promises';
import type {WorkflowFailedError} from '@temporalio/client';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {z} from 'zod';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import {defineCapability, tool} from '../../activities/define.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type AgentDefinition, capabilitiesOf} from '../../source/agent/define-agent.ts';
import {createManifest} from '../../source/agent/manifest.ts';
import {rootInput} from '../../source/agent/run-agent.ts';
import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import {type AgentEnvironment, startAgents} from './environment.ts';

let inFlight = 0;
let mostInFlight = 0;

const probes = defineCapability({
  name: 'probes',
  tools: {
    count_in_flight: tool({
      description: 'Counts how many of it run.',
      input: z.object({}),
      async run() {
        inFlight += 1;
        mostInFlight = Math.max(mostInFlight, inFlight);
        await delay(50);
        inFlight -= 1;
      },
    }),
    ignore_signal: tool({
      description: 'Goes on whatever happens.',
      input: z.object({}),
      run: () => delay(20_000, undefined, {ref: false}),
    }),
    throw_bug: tool({
      description: 'Has a bug.',
      input: z.object({}),
      activity: {retry: {maximumAttempts: 2, initialInterval: 10}},
      run: async () => {
        throw new TypeError("Cannot read properties of undefined (reading 'x') at /home/someone/tool.js");
      },
    }),
    cancel_run: tool({
      description: 'Cancels its own run and ends well.',
      input: z.object({}),
      async run(_, {workflowId}) {
        await agents.client.workflow.getHandle(workflowId).cancel();
      },
    }),
    return_much: tool({
      description: 'Returns 2 MB.',
      input: z.object({}),
      run: async () => 'x'.repeat(2_000_000),
    }),
  },
});

const absent = defineCapability({
  name: 'absent',
  tools: {vanish: tool({description: 'No worker has it.', input: z.object({}), run: async () => 1})},
});

const agent: AgentDefinition = {...defaultAgent, capabilities: [...defaultCapabilities, probes]};

/** The prompt is the calls of the first turn; the answer shows what came of them. A subagent asks for another. */
const script: ModelScript = ({agent: name, prompt}) => {
  if (name === 'generic')
    return [{calls: [{name: 'spawn', input: {agent_name: 'generic', task: prompt}}]}, {answer: 'heard'}];
  if (prompt === 'for ever')
    return Array.from({length: 10}, () => ({calls: [{name: 'list_files', input: {}}]}));
  return [
    {calls: JSON.parse(prompt)},
    {answer: (results) => JSON.stringify(results.map(({result, failure}) => failure?.name ?? result))},
  ];
};

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(agent), script);
});

afterAll(() => agents.close());

async function answerTo(calls: object[], definition = agent): Promise<unknown> {
  const handle = await agents.start(definition, {prompt: JSON.stringify(calls)});
  return JSON.parse((await handle.result()).answer);
}

async function failureOf(definition: AgentDefinition, prompt: string): Promise<string> {
  const handle = await agents.start(definition, {prompt});
  const error = (await handle.result().catch((reason: unknown) => reason)) as WorkflowFailedError;
  return error.cause?.message ?? '';
}

describe('what reaches the model', () => {
  it.each([
    ['an unknown tool', {name: 'nonsense', input: {}}, 'ToolValidationError'],
    ['arguments that are not an object', {name: 'list_files', input: 'not JSON'}, 'ToolValidationError'],
    [
      'arguments of 500 kB are none of these: they pass',
      {name: 'write_file', input: {path: 'a', content: 'x'.repeat(500_000)}},
      'a',
    ],
    ['an unknown agent', {name: 'spawn', input: {agent_name: 'nobody', task: 'x'}}, 'ToolValidationError'],
    ['a spawn without a task', {name: 'spawn', input: {agent_name: 'generic'}}, 'ToolValidationError'],
    ['a program that is none', {name: 'run_ptc', input: {code: 7}}, 'ToolValidationError'],
    ['a program that fails', {name: 'run_ptc', input: {code: 'nothing.x'}}, 'ProgramError'],
    ['a bug in a tool', {name: 'throw_bug', input: {}}, 'ToolError'],
    ['a result of 2 MB', {name: 'return_much', input: {}}, 'ToolExecutionError'],
    [
      'a number of a tool that is not even',
      {name: 'reject_input', input: {number: 1}},
      'ToolValidationError',
    ],
  ])('%s', async (_, call, outcome) => {
    expect(await answerTo([call])).toEqual([outcome]);
  });

  it('arguments of more than 1 MB, made by a program: nothing is scheduled', async () => {
    const code =
      "try { await write_file({path: 'a', content: 'x'.repeat(1100000)}) } catch (error) { return error.name }";
    const handle = await agents.start(agent, {prompt: '', program: code});
    expect((await handle.result()).value).toBe('ToolValidationError');
    const {historyLength} = await handle.describe();
    expect(historyLength).toBe(5);
  });

  it('the result of tools and models whose first retry would come later than the longest interval', async () => {
    const late = {retry: {initialInterval: '2m'}} as const;
    const patient = {...agent, modelActivity: late, toolActivity: {sandbox: {list_files: late}}};
    expect(await answerTo([{name: 'list_files', input: {}}], patient)).toEqual([expect.any(Array)]);
  });

  it('no stack and no path of the host', async () => {
    const handle = await agents.start(agent, {prompt: JSON.stringify([{name: 'throw_bug', input: {}}])});
    await handle.result();
    const {messages} = await handle.query(transcriptQuery, 0);
    expect(JSON.stringify(messages)).toContain('throw_bug failed: Cannot read properties');
    const history = JSON.stringify(await handle.fetchHistory());
    expect(history).not.toContain('/home/someone');
    expect(Buffer.from(history).includes(process.cwd())).toBe(false);
  });
});

describe('what ends a run with a clear failure', () => {
  it('a limit of turns', async () => {
    expect(await failureOf({...agent, limits: {turns: 3}}, 'for ever')).toBe(
      'The agent "durable_capability_agent" has no answer after 3 turns.',
    );
  });

  it('a limit of calls', async () => {
    const calls = JSON.stringify(Array.from({length: 4}, () => ({name: 'list_files', input: {}})));
    expect(await failureOf({...agent, limits: {calls: 3}}, calls)).toBe(
      'The agent "durable_capability_agent" made more than 3 tool calls.',
    );
  });

  it('a limit of calls inside a program, which cannot catch it', async () => {
    const handle = await agents.start(
      {...agent, limits: {calls: 3}},
      {prompt: '', program: 'for (;;) { try { await list_files({}) } catch (error) {} }'},
    );
    const error = (await handle.result().catch((reason: unknown) => reason)) as WorkflowFailedError;
    expect(error.cause?.message).toContain('made more than 3 tool calls');
  });

  it('a capability that no worker has', async () => {
    const definition = {
      ...agent,
      capabilities: [...agent.capabilities, absent],
      toolActivity: {absent: {vanish: {retry: {maximumAttempts: 2, initialInterval: 10}}}},
    };
    expect(await failureOf(definition, JSON.stringify([{name: 'vanish', input: {}}]))).toBe(
      'No worker of this task queue has absent.vanish. Start one with the capability "absent".',
    );
  });
});

describe('a history that one turn fills', () => {
  const limited = {...agent, limits: {turnEvents: 60}};

  it('refuses further calls of a program, which can go on without', async () => {
    const program = `let calls = 0;
      try { for (;;) { await list_files({}); calls += 1; } } catch (error) { return [error.name, calls > 3] }`;
    const handle = await agents.start(limited, {prompt: '', program});
    expect((await handle.result()).value).toEqual(['AgentLimitExceeded', true]);
    const {historyLength} = await handle.describe();
    expect(historyLength).toBeLessThan(70);
  });

  it('refuses calls that waited for their turn, and the agent goes on', async () => {
    const calls = Array.from({length: 200}, () => ({name: 'list_files', input: {}}));
    const outcomes = (await answerTo(calls, limited)) as unknown[];
    expect(outcomes).toHaveLength(200);
    expect(outcomes[0]).toEqual(expect.any(Array));
    expect(outcomes.at(-1)).toBe('AgentLimitExceeded');
  });

  it('refuses subagents', async () => {
    const program = `for (let n = 0; n < 15; n += 1) await Promise.allSettled([list_files({})]);
      try { await spawn({agent_name: 'generic', task: 'x'}) } catch (error) { return error.message }`;
    const handle = await agents.start(limited, {prompt: '', program});
    expect((await handle.result()).value).toContain('Make the other calls in the next turn');
  });
});

describe('a manifest of another version', () => {
  it('is refused by a message that names the known one', async () => {
    const manifest = {...createManifest(agent), version: 3 as 1};
    const input = rootInput(manifest, {prompt: '[]'});
    const handle = await agents.startInput(input);
    await expect(handle.result()).rejects.toMatchObject({
      cause: {
        type: 'UnsupportedManifest',
        message: expect.stringContaining('this worker knows version 1, 2'),
      },
    });
  });
});

describe('subagents', () => {
  it('may nest only so deep; the parents hear why', async () => {
    const spawn = {name: 'spawn', input: {agent_name: 'generic', task: 'deeper'}};
    expect(await answerTo([spawn], {...agent, limits: {depth: 2}})).toEqual(['heard']);
    const children = agents.client.workflow.list({query: "ExecutionStatus = 'Failed'"});
    const failed: string[] = [];
    for await (const {workflowId} of children) failed.push(workflowId);
    expect(failed.filter((id) => id.split('/').length === 3)).toHaveLength(1);
  });
});

describe('calls in flight', () => {
  it('are 64 at most', async () => {
    const calls = Array.from({length: 100}, () => ({name: 'count_in_flight', input: {}}));
    expect(await answerTo(calls)).toHaveLength(100);
    expect(mostInFlight).toBeGreaterThan(1);
    expect(mostInFlight).toBeLessThanOrEqual(64);
  });

  it('spread over workflow tasks where their arguments are many bytes', async () => {
    const content = 'x'.repeat(900_000);
    const code = `const content = 'x'.repeat(${content.length});
      const paths = await gather(...[1, 2, 3, 4, 5, 6].map((n) => write_file({path: 'large/' + n, content})));
      return paths.length;`;
    const handle = await agents.start(agent, {prompt: '', program: code});
    expect((await handle.result()).value).toBe(6);
  });
});

describe('cancellation', () => {
  it('is not lost where the run would continue as new', async () => {
    const calls = JSON.stringify([{name: 'cancel_run', input: {}}]);
    const handle = await agents.start({...agent, limits: {events: 5}}, {prompt: calls});
    await expect(handle.result()).rejects.toThrow('Workflow execution cancelled');
    const {events} = await handle.fetchHistory();
    const attributes = events?.map(({activityTaskCompletedEventAttributes: completed}) => completed);
    expect(attributes?.filter(Boolean)).toHaveLength(2);
  });

  it('settles a tool that ignores its signal', async () => {
    const handle = await agents.start(agent, {prompt: JSON.stringify([{name: 'ignore_signal', input: {}}])});
    await expect
      .poll(async () => (await handle.describe()).raw.pendingActivities?.[0]?.activityId)
      .toBe('t1.c1');
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow('Workflow execution cancelled');
    const {events} = await handle.fetchHistory();
    expect(
      events?.filter(({activityTaskScheduledEventAttributes}) => activityTaskScheduledEventAttributes),
    ).toHaveLength(2);
  });
});
