import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openReplayer, type Replayer} from '../../source/runtime/host/replayer.ts';
import {scenarios} from '../../source/scenarios/index.ts';
import type {Scenario} from '../../source/scenarios/scenario.ts';
import {durableTui, emptyFolder, jsonLines} from '../commands/command-line.ts';
import {differences, type HistoryView, type JsonEvent, viewOf} from '../history-comparison.ts';
import {isRecording, noServer, readable, readRecording, staleness, writeRecording} from '../recording.ts';
import {type ServerUnderTest, startReal} from '../server/environment.ts';
import {findTemporal, noTemporal} from '../server/find-temporal.ts';

const workflowBundle = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));

/** What a run and its subagents leave, by workflow id. */
type Seen = Readonly<Record<string, HistoryView>>;

const temporal = findTemporal();
if (isRecording && !temporal) throw new Error(`RECORD=1 has nothing to record from: ${noTemporal}`);

let realServer: ServerUnderTest | undefined;
let version = '';
let replayer: Replayer;

beforeAll(async () => {
  replayer = openReplayer(workflowBundle);
  if (!temporal) return;
  realServer = await startReal(temporal);
  version = (await realServer.client.workflowService.getSystemInfo({})).serverVersion ?? '';
});

afterAll(async () => {
  await replayer.close();
  await realServer?.close();
});

const fileOf = ({name}: Scenario) => new URL(`histories/${name}.json`, import.meta.url);

describe('on the real server a scenario ends as it declares, replays, and has the recorded history', () => {
  it.concurrent.for(scenarios)('$name', async (scenario, {skip}) => {
    if (!realServer) return skip(noServer);
    const histories = await play(scenario, ['--address', realServer.address]);
    const file = fileOf(scenario);
    if (isRecording) await writeRecording(file, {server: version, seen: viewsOf(scenario, histories)});
    const {server, seen} = await readRecording<Seen>(file);
    expect(differences(seen, viewsOf(scenario, histories)), staleness(server, version)).toEqual([]);
  });
});

describe('on the embedded server a scenario ends as it declares, replays, and has the recorded history', () => {
  it.concurrent.for(scenarios)('$name', async (scenario) => {
    const histories = await play(scenario, ['--in-process']);
    const {seen} = await readRecording<Seen>(fileOf(scenario));
    expect(differences(seen, viewsOf(scenario, histories))).toEqual([]);
  });
});

it('each recorded history belongs to a scenario', async () => {
  const names = scenarios.map(({name}) => `${name}.json`);
  expect((await readdir(new URL('histories', import.meta.url))).sort()).toEqual(names.sort());
});

/** What is recorded of a scenario. Servers pass on what an agent is told; what that is, is not theirs. */
function viewsOf({concurrent}: Scenario, histories: Record<string, History>): Seen {
  const entries = Object.entries(histories).map(
    ([id, {events}]) => [id, untold(readable(viewOf(events, concurrent)))] as const,
  );
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1))) as Seen;
}

function untold(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untold);
  if (typeof value !== 'object' || value === null) return value;
  if ('manifest' in value || 'prefix' in value) return 'what the agent is told';
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, untold(item)]));
}

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
    expect(await replayer.replay({workflowId, history}), workflowId).toBeUndefined();
    const text = JSON.stringify(history).replaceAll(rootId, 'agent');
    histories[workflowId.replace(rootId, 'agent')] = JSON.parse(text) as History;
  }
  return histories;
}
