import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {emptyFolder} from '../temporary-folder.ts';
import {
  activityStarted,
  bundleTestWorkflows,
  createWorker,
  historyOf,
  type ServerUnderTest,
  settled,
  startEmbedded,
} from './environment.ts';

let server: ServerUnderTest;
let code: string;
let folder: string;

beforeAll(async () => {
  server = await startEmbedded();
  code = await bundleTestWorkflows();
  folder = await emptyFolder();
  await writeFile(join(folder, 'bundle.js'), code);
});

afterAll(() => server.close());

it('hands a killed worker its work to the next one', async () => {
  const taskQueue = 'crashes';
  const first = spawnWorker(taskQueue);
  const handle = await server.client.workflow.start('slowThenQuick', {taskQueue, workflowId: 'crash'});
  await activityStarted(handle);
  await kill(first);
  const outcome = await withWorker(taskQueue, () => handle.result());
  expect(outcome).toEqual(['attempt 2', 'quick']);
  const types = (await historyOf(server, 'crash')).map(({eventType}) => eventType.replace('EVENT_TYPE_', ''));
  expect(types.filter((type) => type === 'WORKFLOW_TASK_TIMED_OUT')).toHaveLength(1);
  expect(types.filter((type) => type === 'ACTIVITY_TASK_STARTED')).toHaveLength(2);
});

it('answers a query though the worker that knew the workflow was killed', async () => {
  const taskQueue = 'queried';
  const first = spawnWorker(taskQueue);
  const options = {taskQueue, workflowId: 'queried', args: [2], signal: 'name', signalArgs: ['Ada']};
  const handle = await server.client.workflow.signalWithStart('signaled', options);
  await settled(handle);
  await kill(first);
  expect(await withWorker(taskQueue, () => handle.query('state'))).toEqual(['Ada']);
  await handle.terminate();
});

it('gives no task to a poller that went away', async () => {
  const taskQueue = 'left';
  const first = spawnWorker(taskQueue);
  await polled(taskQueue);
  await kill(first);
  const handle = await server.client.workflow.start('sequence', {taskQueue, workflowId: 'left', args: [1]});
  expect(await withWorker(taskQueue, () => handle.result())).toEqual(['0']);
  const types = (await historyOf(server, 'left')).map(({eventType}) => eventType);
  expect(types.filter((type) => type.includes('TIMED_OUT'))).toEqual([]);
});

it('hands a long history to a worker that remembers nothing, page by page', async () => {
  const taskQueue = 'forgetful';
  const worker = await createWorker(server, code, {taskQueue, maxCachedWorkflows: 0});
  const options = {taskQueue, workflowId: 'long', args: [350]};
  const results = await worker.runUntil(server.client.workflow.execute('parallel', options));
  expect(results).toHaveLength(350);
  expect((await historyOf(server, 'long')).length).toBeGreaterThan(1000);
});

function spawnWorker(taskQueue: string): ChildProcess {
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const args = [script, server.address, join(folder, 'bundle.js'), taskQueue];
  return spawn(process.execPath, args, {stdio: 'ignore'});
}

async function kill(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit');
  worker.kill('SIGKILL');
  await ended;
}

async function withWorker<Result>(taskQueue: string, run: () => Promise<Result>): Promise<Result> {
  const worker = await createWorker(server, code, {taskQueue});
  return worker.runUntil(run);
}

async function polled(name: string): Promise<void> {
  for (;;) {
    const request = {namespace: 'default', taskQueue: {name}, taskQueueType: 1};
    const {pollers} = await server.client.workflowService.describeTaskQueue(request);
    if (pollers && pollers.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
