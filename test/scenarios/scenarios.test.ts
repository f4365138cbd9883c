import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Worker} from '@temporalio/worker';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {scenarios} from '../../source/scenarios/index.ts';
import type {Scenario} from '../../source/scenarios/scenario.ts';
import {durableTui, emptyFolder, jsonLines} from '../commands/command-line.ts';
import {compareConcurrent, compareSequential, type JsonEvent} from '../history-comparison.ts';
import {type ServerUnderTest, startReal} from '../server/environment.ts';
import {findTemporal} from '../server/find-temporal.ts';

const workflowBundle = {codePath: fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url))};

const temporal = findTemporal();
if (!temporal) console.log('The scenarios ran on the embedded server only: `temporal` is not on PATH.');

let realServer: ServerUnderTest | undefined;

beforeAll(async () => {
  realServer = temporal ? await startReal(temporal) : undefined;
});

afterAll(() => realServer?.close());

describe.concurrent('a scenario ends as it declares, replays, and has the same history on both servers', () => {
  it.for(scenarios)('$name', {timeout: 120_000}, async (scenario) => {
    const ours = await play(scenario, ['--in-process']);
    const theirs = realServer && (await play(scenario, ['--address', realServer.address]));
    for (const [workflowId, history] of Object.entries(theirs ?? {})) {
      const compare = scenario.concurrent ? compareConcurrent : compareSequential;
      expect(compare(history.events, ours[workflowId]?.events ?? []), workflowId).toEqual([]);
    }
  });
});

interface History {
  events: JsonEvent[];
}

/** The histories of a run by workflow id, with `agent` for the root's. */
async function play(scenario: Scenario, server: readonly string[]): Promise<Record<string, History>> {
  const cwd = await emptyFolder();
  // A queue of its own: another scenario's worker has another sandbox.
  const queue = ['--task-queue', scenario.name];
  const outcome = await durableTui(
    ['--scenario', scenario.name, '--json', '--save-history', 'histories', ...queue, ...server],
    {cwd},
  );
  const lines = jsonLines(outcome);
  expect(outcome.stderr).toBe('');
  expect(lines[0]).toMatchObject({type: 'run', version: 1});
  expect(lines.at(-1)).toMatchObject({type: 'result', status: scenario.expected.status});
  expect(remarksOf(lines.at(-1))).toEqual([]);
  expect(outcome.code).toBe(0);
  return readHistories(join(cwd, 'histories'), String(lines[0]?.workflowId));
}

function remarksOf(result: Record<string, unknown> | undefined): unknown[] {
  return ((result?.remarks ?? []) as string[]).filter((remark) => !remark.startsWith('Saved '));
}

async function readHistories(folder: string, rootId: string): Promise<Record<string, History>> {
  const histories: Record<string, History> = {};
  for (const file of await readdir(folder)) {
    const workflowId = decodeURIComponent(file.replace('.json', ''));
    const history = JSON.parse(await readFile(join(folder, file), 'utf8')) as History;
    await Worker.runReplayHistory({workflowBundle}, history, workflowId);
    const text = JSON.stringify(history).replaceAll(rootId, 'agent');
    histories[workflowId.replace(rootId, 'agent')] = JSON.parse(text) as History;
  }
  return histories;
}
