import {ApplicationFailure, condition, proxyActivities, setHandler, workflowInfo} from '@temporalio/workflow';
import type {activities} from '../activities.ts';
import {nameSignal} from './messages.ts';

type Activities = typeof activities;

const {echo} = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: {initialInterval: '10ms', maximumAttempts: 3},
});

// Nothing in the sandbox tells the real time, so a task that is to take long has to work for it.
function work(): number {
  let sum = 0;
  for (let index = 0; index < 400_000_000; index++) sum += index % 7;
  return sum;
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
