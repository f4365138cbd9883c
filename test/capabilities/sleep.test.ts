import {CancelledFailure, type WorkflowFailedError} from '@temporalio/client';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {capabilitiesOf} from '../../source/agent/define-agent.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {formatTree} from '../../source/history/format-tree.ts';
import {decodeEvent} from '../../source/session/decode-event.ts';
import {type AgentEnvironment, type AgentHandle, replay, startAgents} from '../agent/environment.ts';

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(defaultAgent), () => []);
});

afterAll(() => agents.close());

async function treeOf(handle: AgentHandle): Promise<string[]> {
  const {events} = await handle.fetchHistory();
  const decoded = (events ?? []).map((event) => decodeEvent(handle.workflowId, 'run', event as never));
  return formatTree(foldEvents(emptyForest, decoded), handle.workflowId, {times: false, ids: false});
}

test('a program sleeps on a durable timer, which the tree shows between its calls', async () => {
  const program = `await list_files();
await sleep(20);
await list_files();
await gather(sleep(30), sleep(1));
return 'rested'`;
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  expect((await handle.result()).value).toBe('rested');
  expect(await treeOf(handle)).toEqual([
    '◆ durable_capability_agent ✓ completed rested',
    '└─ ƒ run_ptc ✓ 2 calls',
    '   ├─ ✓ L1 sandbox.list_files',
    '   ├─ ✓ sleep 20ms',
    '   ├─ ✓ L3 sandbox.list_files',
    '   └─ ✓ sleep 30ms',
  ]);
  const history = await handle.fetchHistory();
  const timers = history.events?.filter((event) => event.timerStartedEventAttributes) ?? [];
  const [summary] = timers.map(({userMetadata}) => Buffer.from(userMetadata?.summary?.data ?? []).toString());
  expect(summary).toBe('"sleep 20ms, line 2"');
  expect(await replay([{workflowId: handle.workflowId, history}])).toEqual([]);
});

test('cancelling the run ends a program in its sleep', async () => {
  const program = 'try { await sleep(3600000) } finally { await list_files() }';
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  await expect.poll(async () => await treeOf(handle)).toContainEqual(expect.stringContaining('sleep 1h 00m'));
  await handle.cancel();
  const error = (await handle.result().catch((reason: unknown) => reason)) as WorkflowFailedError;
  expect(error.cause).toBeInstanceOf(CancelledFailure);
  expect(await treeOf(handle)).toEqual([
    '◆ durable_capability_agent ⊘ canceled',
    '└─ ƒ run_ptc ⊘ 0 calls',
    '   └─ ⊘ sleep 1h 00m',
  ]);
});

test('where the history is full, a sleep fails as a call does', async () => {
  const agent = {...defaultAgent, limits: {turnEvents: 1}};
  const program = 'try { await sleep(20) } catch (e) { [e.name, e.tool] }';
  const handle = await agents.start(agent, {prompt: '', program});
  expect((await handle.result()).value).toEqual(['AgentLimitExceeded', 'sleep']);
});
