import {readdir} from 'node:fs/promises';
import type {Worker} from '@temporalio/worker';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {differences, droppedFields, type HistoryView, viewOf, withoutFields} from '../history-comparison.ts';
import {isRecording, noServer, readable, readRecording, staleness, writeRecording} from '../recording.ts';
import {disturbedCases} from './disturbed-cases.ts';
import {
  bundleTestWorkflows,
  busyQueue,
  createWorker,
  historyOf,
  type ServerUnderTest,
  startEmbedded,
  startReal,
  taskQueue,
} from './environment.ts';
import {findTemporal, noTemporal} from './find-temporal.ts';
import {policyCases} from './policy-cases.ts';
import type {RequestCase} from './requests/request-case.ts';
import {startCases} from './requests/starts.ts';
import {stateCases} from './requests/states.ts';
import {viewCases} from './requests/views.ts';
import {type Case, cases} from './workflow-cases.ts';

type Seen = Readonly<Record<string, HistoryView>>;

const path = findTemporal();
if (isRecording && !path) throw new Error(`RECORD=1 has nothing to record from: ${noTemporal}`);

const running: {worker: Worker; run: Promise<void>}[] = [];
let embedded: ServerUnderTest;
let real: ServerUnderTest | undefined;
let version = '';

beforeAll(async () => {
  const code = await bundleTestWorkflows();
  [embedded, real] = await Promise.all([startEmbedded(), path ? startReal(path) : undefined]);
  for (const server of real ? [embedded, real] : [embedded]) {
    for (const queue of [taskQueue, busyQueue]) {
      const worker = await createWorker(server, code, {taskQueue: queue});
      running.push({worker, run: worker.run()});
    }
  }
  if (real) version = (await real.client.workflowService.getSystemInfo({})).serverVersion ?? '';
});

afterAll(async () => {
  for (const {worker, run} of running) {
    worker.shutdown();
    await run;
  }
  await embedded.close();
  await real?.close();
});

const workflows = [...cases, ...disturbedCases, ...policyCases];
const requests = [...startCases, ...stateCases, ...viewCases];
const fileOf = (folder: string, {name}: {name: string}) =>
  new URL(`${folder}/${idOf(name)}.json`, import.meta.url);
const idOf = (name: string) => name.replaceAll(' ', '-');

describe('the real server on PATH does what was recorded', () => {
  it.concurrent.for(workflows)('history of $name', async (testCase, {skip}) => {
    if (!real) return skip(noServer);
    const seen = await play(real, testCase);
    const file = fileOf('histories', testCase);
    if (isRecording) return writeRecording(file, {server: version, seen});
    const recording = await readRecording<Seen>(file);
    expect(differences(recording.seen, seen), staleness(recording.server, version)).toEqual([]);
  });

  it.concurrent.for(requests)('answer to $name', async (requestCase, {skip}) => {
    if (!real) return skip(noServer);
    const seen = await answer(real, requestCase);
    const file = fileOf('answers', requestCase);
    if (isRecording) return writeRecording(file, {server: version, seen});
    const recording = await readRecording(file);
    expect(seen, staleness(recording.server, version)).toEqual(recording.seen);
  });
});

describe('the embedded server does what a real one did', () => {
  it.concurrent.for(workflows)('history of $name', async (testCase) => {
    const {seen} = await readRecording<Seen>(fileOf('histories', testCase));
    expect(differences(seen, await play(embedded, testCase))).toEqual([]);
  });

  it.concurrent.for(requests)('answer to $name', async (requestCase) => {
    const {seen} = await readRecording(fileOf('answers', requestCase));
    expect(await answer(embedded, requestCase)).toEqual(seen);
  });
});

it.each([
  ['histories', workflows],
  ['answers', requests],
])('each file in %s belongs to a case', async (folder, all) => {
  const names = all.map(({name}) => `${idOf(name)}.json`);
  expect((await readdir(new URL(folder, import.meta.url))).sort()).toEqual(names.sort());
});

// A description is of a moment: what it says of time and size, and who it names, differs.
const momentary = new Set([
  ...Object.values(droppedFields).flat(),
  ...[
    'startTime',
    'executionTime',
    'closeTime',
    'executionDuration',
    'originalStartTime',
    'stateTransitionCount',
  ],
  ...[
    'lastHeartbeatTime',
    'lastStartedTime',
    'scheduledTime',
    'lastAttemptCompleteTime',
    'nextAttemptScheduleTime',
  ],
  ...[
    'executionExpirationTime',
    'runExpirationTime',
    'expirationTime',
    'currentRetryInterval',
    'lastWorkerIdentity',
    'firstRunId',
  ],
  ...['requestIdInfos', 'mostRecentWorkerVersionStamp', 'lastWorkerVersionStamp', 'searchAttributes'],
]);

async function answer(server: ServerUnderTest, {name, ask}: RequestCase): Promise<unknown> {
  try {
    return readable({answer: withoutFields(await ask(server, idOf(name)), momentary)});
  } catch (error) {
    return readable({error: statusOf(error as Error)});
  }
}

function statusOf(error: Error): object {
  const {code, details} = error as {code?: number; details?: string};
  if (code === undefined && error.cause instanceof Error) return statusOf(error.cause);
  return {
    code,
    message: String(details ?? error.message).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'),
  };
}

async function play(server: ServerUnderTest, testCase: Case): Promise<Seen> {
  const workflowId = idOf(testCase.name);
  await testCase.prepare?.(server);
  const handle = await server.client.workflow.start(testCase.workflow, {
    taskQueue,
    workflowId,
    args: testCase.args ?? [],
    ...testCase.options,
  });
  await testCase.act?.(handle, server);
  const outcome = await handle.result().catch(rootMessage);
  expect(outcome).toEqual(testCase.outcome);
  const named = (ids: readonly string[] = []) => ids.map((id) => id.replace('$', workflowId));
  for (const id of named(testCase.others))
    await server.client.workflow.getHandle(id).result().catch(rootMessage);
  const ids = [workflowId, ...named(testCase.others), ...named(testCase.stayOpen)];
  const view = async (id: string, runId?: string) =>
    readable(viewOf(await historyOf(server, id, runId), testCase.concurrent)) as HistoryView;
  const entries = await Promise.all(ids.map(async (id) => [id, await view(id)] as const));
  const {runId} = await handle.describe();
  const {firstExecutionRunId} = handle;
  const isOnly = runId === firstExecutionRunId;
  const first = isOnly ? {} : {[`${workflowId}, first run`]: await view(workflowId, firstExecutionRunId)};
  return {...Object.fromEntries(entries), ...first};
}

function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
