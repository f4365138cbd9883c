import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {formatTree} from '../../source/history/format-tree.ts';
import {decodeEvent} from '../../source/session/decode-event.ts';
import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import {type AgentEnvironment, startAgents} from './environment.ts';
import {historyAndMessages} from './history-size.ts';
import {allPages, pages, reader, readPages} from './scripted-turns.ts';

let agents: AgentEnvironment;
/** Its worker knows no transcript, like one that took over between two turns. */
let forgetful: AgentEnvironment;
/** Its model runs the prompt as 35 programs at once. */
let programs: AgentEnvironment;

beforeAll(async () => {
  [agents, forgetful, programs] = await Promise.all([
    startAgents([pages], readPages),
    startAgents([pages], readPages, {transcriptCapacity: 0}),
    startAgents(defaultCapabilities, runPrograms),
  ]);
});
afterAll(() => Promise.all([agents.close(), forgetful.close(), programs.close()]));

const runPrograms: ModelScript = ({prompt}) => [
  {calls: Array.from({length: 35}, () => ({name: 'run_ptc', input: {code: prompt}}))},
  {answer: (results) => String(results.length)},
];

describe('a history grows with the run, not with its square', () => {
  it('over 10, 50 and 200 turns', async () => {
    const bytes = 4000;
    const sizes: number[] = [];
    for (const turns of [10, 50, 200]) {
      const handle = await agents.start(reader, {prompt: JSON.stringify({turns, bytes})});
      expect((await handle.result()).answer).toBe(allPages({turns, bytes}));
      const {size, messages} = await historyAndMessages(agents, handle);
      expect(size).toBeLessThanOrEqual(1.5 * messages + 700 * turns);
      sizes.push(size);
    }
    const [small = 0, , large = 0] = sizes;
    expect(Math.log(large / small) / Math.log(200 / 10)).toBeLessThanOrEqual(1.1);
  });
});

describe('a worker that took over', () => {
  it.each([10, 4000])(
    'rebuilds the transcript from the workflow, with results of %i bytes',
    async (bytes) => {
      const task = {turns: 5, bytes};
      const handle = await forgetful.start(reader, {prompt: JSON.stringify(task)});
      expect((await handle.result()).answer).toBe(allPages(task));
    },
  );
});

describe('a long run', () => {
  it.each(['agents', 'forgetful'] as const)(
    'continues as new, and the tree shows one run (%s)',
    async (which) => {
      const environment = which === 'agents' ? agents : forgetful;
      const task = {turns: 12, bytes: 2000};
      const long: AgentDefinition = {...reader, limits: {events: 60}};
      const handle = await environment.start(long, {prompt: JSON.stringify(task)});
      expect((await handle.result()).answer).toBe(allPages(task));
      const histories = await runsOf(environment, handle.workflowId);
      expect(histories.length).toBeGreaterThan(1);
      // The transcript is carried once: by the run's input, not again by its first model step.
      for (const events of histories.slice(1)) {
        const step = events.find(({eventType}) => eventType === 'ActivityTaskScheduled');
        expect(JSON.stringify(step).length).toBeLessThan(1500);
      }
      const forest = foldEvents(emptyForest, histories.flat());
      const tree = formatTree(forest, handle.workflowId, {times: false, ids: false});
      expect(forest.runs.size).toBe(1);
      expect(tree).toHaveLength(1 + 2 * task.turns + 1);
      expect(tree[0]).toBe('◆ durable_capability_agent ✓ completed');
      expect(tree.at(-2)).toContain('pages.read_page');
      expect(tree.at(-1)).toContain('turn 13');
    },
  );
});

describe('a run whose transcript grows beyond 1 MB', () => {
  it.each([
    ['in many turns', {turns: 40, bytes: 30_000, calls: 1}, 240],
    ['in one turn', {turns: 1, bytes: 60_000, calls: 18}, 60],
  ])('knows its task after it continued as new: %s', async (_, task, events) => {
    const long: AgentDefinition = {...reader, limits: {events}};
    const prompt = JSON.stringify(task);
    const handle = await agents.start(long, {prompt});
    const {answer} = await handle.result();
    expect(JSON.parse(answer).at(-1)[0]).toBe(task.turns * task.calls);
    const {messages} = await handle.query(transcriptQuery, 0);
    expect(messages[0]).toMatchObject({role: 'user', content: expect.stringContaining('dropped')});
    expect(messages[1]).toEqual({role: 'user', content: prompt});
    expect((await runsOf(agents, handle.workflowId)).length).toBeGreaterThan(1);
  });
});

describe('a turn of long results', () => {
  it('of programs: the next step carries at most 1 MB', async () => {
    const handle = await programs.start(defaultAgent, {prompt: "'x'.repeat(60000)"});
    expect((await handle.result()).answer).toBe('35');
    const {events} = await handle.fetchHistory();
    const inputs = (events ?? []).map((event) => event.activityTaskScheduledEventAttributes?.input);
    const bytes = inputs.map((input) => input?.payloads?.[0]?.data?.length ?? 0);
    expect(Math.max(...bytes)).toBeLessThan(1_010_000);
    expect(Math.max(...bytes)).toBeGreaterThan(900_000);
  });
});

/** The events of each run of a workflow, oldest run first. */
async function runsOf({client}: AgentEnvironment, workflowId: string) {
  const {raw} = await client.workflow.getHandle(workflowId).describe();
  const histories = [];
  for (let runId = raw.workflowExecutionInfo?.firstRunId ?? ''; runId !== ''; ) {
    const {events} = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const decoded = (events ?? []).map((event) => decodeEvent(workflowId, runId, event));
    histories.push(decoded);
    const {newExecutionRunId} = decoded.at(-1)?.attributes ?? {};
    runId = typeof newExecutionRunId === 'string' ? newExecutionRunId : '';
  }
  return histories;
}
