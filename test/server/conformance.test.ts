import type {WorkflowHandle} from '@temporalio/client';
import type {Worker} from '@temporalio/worker';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {compareConcurrent, compareSequential, type JsonEvent} from '../history-comparison.ts';
import {
  bundleTestWorkflows,
  createWorker,
  findTemporal,
  historyOf,
  type ServerUnderTest,
  startEmbedded,
  startReal,
  taskQueue,
} from './environment.ts';

interface Case {
  readonly name: string;
  readonly workflow: string;
  readonly args?: unknown[];
  readonly concurrent?: boolean;
  /** What the workflow returns, or the message of its failure. */
  readonly outcome: unknown;
  /** What is done to it from outside while it runs. */
  act?(handle: WorkflowHandle, server: ServerUnderTest): Promise<void>;
  /** Further workflow ids whose histories are compared; `$` stands for the workflow's own. */
  readonly others?: readonly string[];
}

const cases: readonly Case[] = [
  {name: 'activities one after another', workflow: 'sequence', args: [3], outcome: ['0', '1', '2']},
  {
    name: 'activities at once',
    workflow: 'parallel',
    args: [4],
    outcome: ['0', '1', '2', '3'],
    concurrent: true,
  },
];

const path = findTemporal();
if (!path) console.log('The real server was skipped: `temporal` is not on PATH.');

const running: {server: ServerUnderTest; worker: Worker; run: Promise<void>}[] = [];

beforeAll(async () => {
  const code = await bundleTestWorkflows();
  const servers = await Promise.all([startEmbedded(), ...(path ? [startReal(path)] : [])]);
  for (const server of servers) {
    const worker = await createWorker(server, code);
    running.push({server, worker, run: worker.run()});
  }
});

afterAll(async () => {
  for (const {server, worker, run} of running) {
    worker.shutdown();
    await run;
    await server.close();
  }
});

describe('a workflow has the same history on both servers', () => {
  it.for(cases)('$name', async (testCase) => {
    const histories = await Promise.all(running.map(({server}) => play(server, testCase)));
    const [ours, real] = histories;
    if (!ours) throw new Error('nothing was played');
    expect(Object.keys(ours).length).toBeGreaterThan(0);
    const compare = testCase.concurrent ? compareConcurrent : compareSequential;
    for (const id of Object.keys(real ?? {})) expect(compare(real?.[id] ?? [], ours[id] ?? [])).toEqual([]);
  });
});

async function play(server: ServerUnderTest, testCase: Case): Promise<Record<string, JsonEvent[]>> {
  const workflowId = testCase.name.replaceAll(' ', '-');
  const handle = await server.client.workflow.start(testCase.workflow, {
    taskQueue,
    workflowId,
    args: testCase.args ?? [],
  });
  await testCase.act?.(handle, server);
  const outcome = await handle.result().catch(rootMessage);
  expect(outcome).toEqual(testCase.outcome);
  const ids = [workflowId, ...(testCase.others ?? []).map((id) => id.replace('$', workflowId))];
  const histories = await Promise.all(ids.map(async (id) => [id, await historyOf(server, id)] as const));
  return Object.fromEntries(histories);
}

function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
