import {
  ActivityCancellationType,
  type ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  patched,
  proxyActivities,
  sleep,
  upsertMemo,
} from '@temporalio/workflow';
import type {activities} from '../activities.ts';
import {echo} from './echo.ts';

type Activities = typeof activities;

const {failTwice, failForGood, failNonRetryable} = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: {initialInterval: '10ms', maximumAttempts: 3},
});

const {heartbeatUntilCanceled} = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '5s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export async function sequence(count: number): Promise<string[]> {
  const results: string[] = [];
  for (let index = 0; index < count; index++) results.push(await echo(`${index}`));
  return results;
}

export async function parallel(count: number): Promise<string[]> {
  return Promise.all(Array.from({length: count}, (_, index) => echo(`${index}`)));
}

export async function retries(): Promise<string> {
  return failTwice('retries');
}

export async function failures(): Promise<string[]> {
  const messages: string[] = [];
  for (const call of [failForGood, failNonRetryable]) {
    try {
      await call();
    } catch (error) {
      messages.push(error instanceof Error ? `${error.message}: ${(error.cause as Error).message}` : '');
    }
  }
  return messages;
}

export async function failsItself(): Promise<void> {
  throw ApplicationFailure.nonRetryable('it cannot work', 'Hopeless', {why: 'because'});
}

export async function timers(): Promise<void> {
  await sleep(5);
  const scope = new CancellationScope();
  const canceled = scope.run(() => sleep('1h')).catch(() => undefined);
  await sleep(5);
  scope.cancel();
  await canceled;
}

export async function timeouts(): Promise<string[]> {
  const kinds: string[] = [];
  for (const options of [
    {startToCloseTimeout: 300, retry: {maximumAttempts: 1}},
    {startToCloseTimeout: 300, retry: {maximumAttempts: 2, initialInterval: 10}},
    {scheduleToCloseTimeout: 1500},
    {startToCloseTimeout: '10s', heartbeatTimeout: 300, retry: {maximumAttempts: 1}},
    {startToCloseTimeout: '10s', scheduleToStartTimeout: 300, taskQueue: 'nobody-polls-this'},
  ] as const) {
    const {hang} = proxyActivities<Activities>(options);
    await hang().catch((error: Error) => kinds.push((error.cause as Error).message));
  }
  return kinds;
}

export async function timeoutsForGood(): Promise<string[]> {
  const seen: string[] = [];
  const retry = {initialInterval: 10, maximumAttempts: 2};
  for (const [timeouts, final] of [
    [{startToCloseTimeout: 300}, 'TemporalTimeout:StartToClose'],
    [{startToCloseTimeout: '10s', heartbeatTimeout: 300}, 'TemporalTimeout:Heartbeat'],
    [{startToCloseTimeout: 300}, 'TemporalTimeout:Heartbeat'],
  ] as const) {
    const {hang} = proxyActivities<Activities>({
      ...timeouts,
      retry: {...retry, nonRetryableErrorTypes: [final]},
    });
    await hang().catch((error: ActivityFailure) => seen.push(String(error.retryState)));
  }
  return seen;
}

export async function cancelActivity(): Promise<string> {
  const scope = new CancellationScope();
  const result = scope.run(() => heartbeatUntilCanceled());
  const settled = result.then(
    () => 'completed',
    (error: Error) => error.name,
  );
  await sleep(1500);
  scope.cancel();
  return settled;
}

export async function cancelInBackoff(): Promise<string> {
  const scope = new CancellationScope();
  const {failForGood: slow} = proxyActivities<Activities>({
    startToCloseTimeout: '10s',
    retry: {initialInterval: '1h'},
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  });
  const settled = scope
    .run(() => slow())
    .then(
      () => 'completed',
      (error: Error) => error.name,
    );
  await sleep(1500);
  scope.cancel();
  return settled;
}

export async function continues(left: number): Promise<string> {
  if (left > 0) await continueAsNew<typeof continues>(left - 1);
  return 'done';
}

export async function marks(): Promise<boolean> {
  upsertMemo({note: 'a memo'});
  return patched('a-patch');
}

export async function summaries(): Promise<void> {
  await echo.executeWithOptions({summary: 'an echo'}, ['x']);
  await sleep(5, {summary: 'a nap'});
}
