import type {Worker} from '@temporalio/worker';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {
  compareConcurrent,
  compareSequential,
  droppedFields,
  type JsonEvent,
  withoutFields,
} from '../history-comparison.ts';
import {type Case, cases} from './cases.ts';
import {disturbedCases} from './disturbed-cases.ts';
import {
  bundleTestWorkflows,
  createWorker,
  historyOf,
  type ServerUnderTest,
  startEmbedded,
  startReal,
  taskQueue,
} from './environment.ts';
import {findTemporal} from './find-temporal.ts';
import type {RequestCase} from './requests/request-case.ts';
import {startCases} from './requests/starts.ts';
import {stateCases} from './requests/states.ts';
import {viewCases} from './requests/views.ts';

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
  it.concurrent.for([...cases, ...disturbedCases])('$name', async (testCase) => {
    const histories = await Promise.all(running.map(({server}) => play(server, testCase)));
    const [ours, real] = histories;
    if (!ours) throw new Error('nothing was played');
    expect(Object.keys(ours).length).toBeGreaterThan(0);
    const compare = testCase.concurrent ? compareConcurrent : compareSequential;
    for (const id of Object.keys(real ?? {})) expect(compare(real?.[id] ?? [], ours[id] ?? [])).toEqual([]);
  });
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

describe('a request has the same answer on both servers', () => {
  it.concurrent.for([...startCases, ...stateCases, ...viewCases])('$name', async (requestCase) => {
    const id = requestCase.name.replaceAll(' ', '-');
    const [ours, real] = await Promise.all(running.map(({server}) => answer(server, id, requestCase)));
    if (real !== undefined) expect(ours).toEqual(real);
    else expect(ours).toBeDefined();
  });
});

async function answer(server: ServerUnderTest, id: string, {ask}: RequestCase): Promise<unknown> {
  try {
    return {answer: withoutFields(await ask(server, id), momentary)};
  } catch (error) {
    return {error: statusOf(error as Error)};
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

async function play(server: ServerUnderTest, testCase: Case): Promise<Record<string, JsonEvent[]>> {
  const workflowId = testCase.name.replaceAll(' ', '-');
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
  const entries = await Promise.all(ids.map(async (id) => [id, await historyOf(server, id)] as const));
  const firstRun = await historyOf(server, workflowId, handle.firstExecutionRunId);
  return {...Object.fromEntries(entries), [`${workflowId}, first run`]: firstRun};
}

function rootMessage(error: Error): string {
  return error.cause instanceof Error ? rootMessage(error.cause) : error.message;
}
