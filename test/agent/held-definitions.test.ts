import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import type {ModelRequest} from '../../activities/model/provider.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {createManifest} from '../../source/agent/manifest.ts';
import type {AgentInput} from '../../workflows/protocol/agent.ts';
import {type HeldManifest, manifestDigest, outlineOf} from '../../workflows/protocol/held-manifest.ts';
import {manifestQuery} from '../../workflows/protocol/messages.ts';
import {benchSubagents} from '../bench/agent/subagents.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {
  type AgentEnvironment,
  type AgentEnvironmentOptions,
  type AgentHandle,
  replay,
  startAgents,
} from './environment.ts';
import {askEachOther, manyTools, skilled, wordy} from './long-definitions.ts';
import {startRealServer} from './real-server.ts';

let agents: AgentEnvironment;
const requests: ModelRequest[] = [];

beforeAll(async () => {
  // Its worker knows no transcript and, at first, no manifest.
  agents = await startAgents([...defaultCapabilities, manyTools], askEachOther, {
    transcriptCapacity: 0,
    onRequest: (request) => requests.push(request),
  });
});
afterAll(() => agents.close());
beforeEach(() => {
  requests.length = 0;
});

/** A program that starts subagents of one kind and gives their answers. */
function spawning(name: string, count: number, task: string): string {
  return `await gather(...Array.from({length: ${count}}, () => spawn({agent_name: '${name}', task: ${JSON.stringify(task)}})))`;
}

describe('subagents of an agent with long definitions', () => {
  const count = 20;
  const list = 'await list_files({})';

  it.each([
    ['instructions', wordy, []],
    ['tools', skilled, ['agent.definitions']],
  ] as const)('are told all of their %s, and the history of their parent is not', async (_, agent, extra) => {
    const run = await agents.start(agent, {prompt: '', program: spawning('writer', count, list)});
    expect((await run.result()).value).toEqual(Array(count).fill('critic said: []'));
    const manifest = createManifest(agent);
    for (const {agent: name, instructions, tools} of requests) {
      expect(instructions).toBe(agent.agents?.[name]?.instructions);
      expect(tools).toEqual(manifest.tools.map(({name, description, input}) => ({name, description, input})));
    }
    expect(requests).toHaveLength(4 * count);
    expect(await historyBytes(run.workflowId)).toBeLessThanOrEqual(
      count * 5_000 + JSON.stringify(manifest).length,
    );
    expect(await historyBytes(`${run.workflowId}/t1.c1.1`)).toBeLessThanOrEqual(60_000);
    // A grandchild: its definitions came from the root, too, which is not its parent.
    const critic = `${run.workflowId}/t1.c1.1/t1.c1`;
    expect(await activityTypes(critic)).toEqual([
      ...extra,
      'model.request',
      'sandbox.list_files',
      'model.request',
    ]);
    expect(await replayFamily(run.workflowId, [`${run.workflowId}/t1.c1.1`, critic])).toEqual([]);
  });

  it('find their tools in programs, and name their arguments', async () => {
    const search = "[search_tools('register 299').map(({name}) => name).length, await look_up_7({key: 'a'})]";
    const run = await agents.start(skilled, {prompt: '', program: spawning('critic', 1, search)});
    expect((await run.result()).value).toEqual([JSON.stringify([300, 'a in 7'])]);
    expect(await activityTypes(`${run.workflowId}/t1.c1.1`)).toEqual([
      'agent.definitions',
      'model.request',
      'agent.definitions',
      'many.look_up_7',
      'model.request',
    ]);
  });

  it('go on in new runs', async () => {
    const run = await agents.start(
      {...skilled, limits: {events: 5}},
      {prompt: '', program: spawning('critic', 2, list)},
    );
    expect((await run.result()).value).toEqual(['[]', '[]']);
    expect(await activityTypes(`${run.workflowId}/t1.c1.1`)).toEqual(['agent.definitions', 'model.request']);
  });

  it('are told them by a worker that has just started', async () => {
    const run = await agents.start(wordy, {prompt: '', program: spawning('critic', 1, list)});
    await run.result();
    await agents.restartWorker();
    const other = await agents.startInput(await heldInput(run, wordy));
    expect((await other.result()).answer).toBe('[]');
    expect(requests.at(-1)?.instructions).toBe(wordy.agents?.critic?.instructions);
  });
});

describe.skipIf(!process.env.TEST_LONG)('a thousand subagents of one program', () => {
  const temporal = findTemporal();
  const servers: [string, AgentEnvironmentOptions][] = [['the embedded server', {}]];
  if (temporal) servers.push(['the real server', {startServer: () => startRealServer(temporal)}]);

  it.each(servers)('end on %s', {timeout: 300_000}, async (_, server) => {
    const [, bytes] = await benchSubagents('', server);
    expect(bytes?.value).toBeLessThanOrEqual(10);
  });
});

describe('who holds definitions', () => {
  it('gives them when it is over', async () => {
    const run = await agents.start(wordy, {prompt: '', program: '1'});
    await run.result();
    expect(await run.query(manifestQuery)).toEqual(createManifest(wordy));
  });

  it.each([
    [
      'that does not exist',
      {workflowId: 'nobody'},
      {digest: 'e'.repeat(32)},
      /held by nobody, which does not give them: the server does not know it/,
    ],
    ['with other definitions', {}, {digest: 'f'.repeat(32)}, /which does not give them: it has others/],
  ])('%s fails the subagent with a message that names it', async (_, holder, change, message) => {
    const run = await agents.start(wordy, {prompt: '', program: '1'});
    await run.result();
    const input = await heldInput(run, wordy);
    const held = input.manifest as HeldManifest;
    for (const outline of [held.outline, undefined]) {
      const manifest = {
        ...held,
        ...change,
        holder: {...held.holder, ...holder},
        ...{outline},
      } as HeldManifest;
      const other = await agents.startInput({...input, manifest});
      await expect(other.result()).rejects.toMatchObject({
        cause: {message: expect.stringMatching(message)},
      });
    }
  });
});

describe('an agent with short definitions', () => {
  it('gives them to its subagents, which fetch nothing', async () => {
    const run = await agents.start(defaultAgent, {
      prompt: '',
      program: spawning('generic', 1, 'Say so.'),
    });
    await run.result();
    expect(await activityTypes(`${run.workflowId}/t1.c1.1`)).toEqual(['model.request']);
    const {events} = await run.fetchHistory();
    const [child] = (events ?? []).flatMap(
      ({startChildWorkflowExecutionInitiatedEventAttributes: started}) => started ?? [],
    );
    const input = JSON.parse(Buffer.from(child?.input?.payloads?.[0]?.data ?? []).toString());
    expect(input.manifest).toEqual(JSON.parse(JSON.stringify(createManifest(defaultAgent))));
  });
});

/** The input of a critic whose definitions a run holds. */
async function heldInput(run: AgentHandle, agent: AgentDefinition): Promise<AgentInput> {
  const manifest = createManifest(agent);
  const {runId} = await run.describe();
  const held: HeldManifest = {
    version: 2,
    digest: manifestDigest(manifest),
    holder: {workflowId: run.workflowId, runId},
    model: 'scripted',
    outline: outlineOf(manifest),
  };
  return {manifest: held, agent: 'critic', prompt: 'await list_files({})', depth: 1};
}

async function historyBytes(workflowId: string): Promise<number> {
  const {raw} = await agents.client.workflow.getHandle(workflowId).describe();
  return Number(raw.workflowExecutionInfo?.historySizeBytes);
}

/** Types of the activities of a workflow's last run, in order. */
async function activityTypes(workflowId: string): Promise<string[]> {
  const {events} = await agents.client.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(
    ({activityTaskScheduledEventAttributes: scheduled}) => scheduled?.activityType?.name ?? [],
  );
}

async function replayFamily(root: string, descendants: readonly string[]): Promise<string[]> {
  const histories = [root, ...descendants].map(async (workflowId) => ({
    workflowId,
    history: await agents.client.workflow.getHandle(workflowId).fetchHistory(),
  }));
  return replay(await Promise.all(histories));
}
