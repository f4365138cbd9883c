import type {PendingActivity} from '../../../dist/source/history/event.js';
import {type BenchRow, median} from '../row.ts';
import type {BenchEnvironment} from './environment.ts';

const direct = {scenario: 'direct', prompt: 'Write a plan, read it back, and list what is there.'};
const warmUps = 10;
const samples = 30;

/** The rows that a warm server and worker give. */
export async function benchRuns(environment: BenchEnvironment, server: string): Promise<BenchRow[]> {
  for (let count = 0; count < warmUps; count += 1) await environment.run(direct);
  return [
    ...(await benchDirect(environment, server)),
    await benchThroughput(environment, server),
    await benchSubagents(environment, server),
    await benchCancel(environment, server),
  ];
}

async function benchDirect(environment: BenchEnvironment, server: string): Promise<BenchRow[]> {
  const times: number[] = [];
  const before = await environment.workerCpu();
  let last = '';
  for (let count = 0; count < samples; count += 1) {
    const {milliseconds, workflowId} = await environment.run(direct);
    times.push(milliseconds);
    last = workflowId;
  }
  const cpu = ((await environment.workerCpu()) - before) / samples;
  const size = await environment.historySize(last);
  const embedded = server === 'embedded';
  return [
    {
      name: `direct, warm, p50 (${server})`,
      value: median(times),
      unit: 'ms',
      target: embedded ? '≤ 90 ms' : 'not slower than the peer',
      peer: '775–796 ms on start-dev',
    },
    {name: `its worker CPU (${server})`, value: cpu, unit: 'ms', target: '≤ 60 ms', peer: '167–180 ms'},
    {name: `its history (${server})`, value: size / 1000, unit: 'kB', target: '≤ 12 kB', peer: '62 kB'},
  ];
}

async function benchThroughput(environment: BenchEnvironment, server: string): Promise<BenchRow> {
  const runs = 100;
  const atOnce = 20;
  let started = 0;
  const start = performance.now();
  const lane = async () => {
    while (started < runs) {
      started += 1;
      await environment.run(direct);
    }
  };
  await Promise.all(Array.from({length: atOnce}, lane));
  const seconds = (performance.now() - start) / 1000;
  const target = server === 'embedded' ? '≥ 20 runs/s' : '–';
  return {
    name: `100 of them, 20 at once (${server})`,
    value: runs / seconds,
    unit: 'runs/s',
    target,
    peer: '4.3–5.8 runs/s',
  };
}

async function benchSubagents(environment: BenchEnvironment, server: string): Promise<BenchRow> {
  const times: number[] = [];
  for (let count = 0; count < 10; count += 1) {
    times.push(
      (await environment.run({scenario: 'subagents', prompt: 'Give eight tasks to subagents.'})).milliseconds,
    );
  }
  const target = server === 'embedded' ? '≤ 250 ms' : '–';
  return {
    name: `8 subagents at once, p50 (${server})`,
    value: median(times),
    unit: 'ms',
    target,
    peer: '1.5 s',
  };
}

/** From the cancel request until the tool has stopped, as the server's history dates it. */
async function benchCancel({session}: BenchEnvironment, server: string): Promise<BenchRow> {
  const times: number[] = [];
  for (let count = 0; count < 5; count += 1) times.push(await cancelOnce(session));
  return {
    name: `cancel to tool stopped, p50 (${server})`,
    value: median(times),
    unit: 'ms',
    target: '≤ 300 ms',
    peer: '0.3–28 s',
  };
}

async function cancelOnce(session: BenchEnvironment['session']): Promise<number> {
  const times = new Map<string, number>();
  const closed = Promise.withResolvers<void>();
  const unsubscribe = session.subscribe((update) => {
    if (update.type === 'pending' && update.pending.some(isRunningTool))
      void session.cancel(update.workflowId);
    if (update.type === 'events') for (const {eventType, time} of update.events) times.set(eventType, time);
    if (update.type === 'closed') closed.resolve();
  });
  await session.start({scenario: 'cancel-direct', prompt: 'Start something slow.'});
  await closed.promise;
  unsubscribe();
  return (
    (times.get('ActivityTaskCanceled') ?? Number.NaN) - (times.get('WorkflowExecutionCancelRequested') ?? 0)
  );
}

function isRunningTool({activityId, state}: PendingActivity): boolean {
  return activityId === 't1.c1' && state === 'started';
}
