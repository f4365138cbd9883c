import {
  ApplicationFailure,
  condition,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import type {activities} from '../activities.ts';
import {echo} from './echo.ts';
import {nameSignal, signaled} from './messages.ts';

type Activities = typeof activities;

// Keeps the workflow task without using the processor, for less than the five seconds that the SDK allows.
function work(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2500);
}

export async function busyThenDone(): Promise<string[]> {
  const names: string[] = [];
  setHandler(nameSignal, (name) => {
    names.push(name);
  });
  if (names.length === 0) work();
  return names;
}

export async function busyThenWaits(): Promise<string[]> {
  const names: string[] = [];
  setHandler(nameSignal, (name) => {
    names.push(name);
  });
  const answer = echo('meanwhile');
  work();
  await condition(() => names.length > 0);
  return [await answer, ...names];
}

export async function hearsWhileBusy(): Promise<string[]> {
  const {leftOpen} = proxyActivities<Activities>({startToCloseTimeout: '30s'});
  const answer = leftOpen();
  return hear(answer);
}

export async function hearsOfChildWhileBusy(): Promise<string[]> {
  const workflowId = `${workflowInfo().workflowId}/c1`;
  // On another queue, as the child must go on while its parent works.
  const child = await startChild(signaled, {workflowId, taskQueue: 'conformance', args: [1]});
  return hear(child.result().then(([name = '']) => name));
}

async function hear(answer: Promise<string>): Promise<string[]> {
  const heard: string[] = [];
  answer.then((text) => heard.push(text)).catch(() => undefined);
  setHandler(nameSignal, (name) => {
    heard.push(name);
    if (name === 'work') work();
  });
  await condition(() => heard.length === 3);
  return heard;
}

export async function fallsOver(): Promise<string> {
  // Before the first task there are three events; a second attempt sees that the first one failed.
  if (workflowInfo().historyLength === 3) throw new Error('too early');
  return echo('recovered');
}

export async function failsThenWorks(): Promise<number> {
  const {attempt} = workflowInfo();
  if (attempt < 2) throw ApplicationFailure.create({message: 'once more', type: 'Transient'});
  return attempt;
}

export async function resumesFromHeartbeat(): Promise<string> {
  const {countOn} = proxyActivities<Activities>({
    startToCloseTimeout: '10s',
    heartbeatTimeout: '5s',
    retry: {initialInterval: '10ms'},
  });
  return countOn();
}

export async function completedFromOutside(): Promise<string> {
  const {leftOpen} = proxyActivities<Activities>({startToCloseTimeout: '30s', heartbeatTimeout: '20s'});
  return leftOpen();
}

export async function largeArgument(): Promise<string> {
  return echo('x'.repeat(2 * 1024 * 1024 + 1));
}

export async function largeResult(): Promise<string> {
  const {large} = proxyActivities<Activities>({startToCloseTimeout: '10s'});
  return large().catch((error: Error) => (error.cause as Error).message);
}

export async function twiceTheSameId(): Promise<string> {
  const {echo: first} = proxyActivities<Activities>({startToCloseTimeout: '10s', activityId: 'same'});
  return (await Promise.all([first('a'), first('b')])).join();
}

export async function slowThenQuick(): Promise<string[]> {
  const {slowAtFirst} = proxyActivities<Activities>({
    startToCloseTimeout: '30s',
    heartbeatTimeout: '1s',
    retry: {initialInterval: '10ms'},
  });
  return [await slowAtFirst(), await echo('quick')];
}
