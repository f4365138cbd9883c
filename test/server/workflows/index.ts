import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  patched,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type {activities} from '../activities.ts';

type Activities = typeof activities;

const {echo, failTwice, failForGood, failNonRetryable} = proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  retry: {initialInterval: '10ms', maximumAttempts: 3},
});
const {heartbeatUntilCanceled} = proxyActivities<Activities>({
  startToCloseTimeout: '30s',
  heartbeatTimeout: '5s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
});

export const nameSignal = defineSignal<[string]>('name');
export const stateQuery = defineQuery<string[]>('state');
export const addUpdate = defineUpdate<number, [number]>('add');

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
    {scheduleToCloseTimeout: 300},
    {startToCloseTimeout: '10s', heartbeatTimeout: 300, retry: {maximumAttempts: 1}},
    {startToCloseTimeout: '10s', scheduleToStartTimeout: 300, taskQueue: 'nobody-polls-this'},
  ] as const) {
    const {hang} = proxyActivities<Activities>(options);
    await hang().catch((error: Error) => kinds.push((error.cause as Error).message));
  }
  return kinds;
}

export async function cancelActivity(): Promise<string> {
  const scope = new CancellationScope();
  const result = scope.run(() => heartbeatUntilCanceled());
  const settled = result.then(
    () => 'completed',
    (error: Error) => error.name,
  );
  await sleep(200);
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

export async function untilCanceled(): Promise<void> {
  await condition(() => false);
}

export async function signaled(expected: number): Promise<string[]> {
  const names: string[] = [];
  setHandler(nameSignal, (name) => {
    names.push(name);
  });
  setHandler(stateQuery, () => names);
  await condition(() => names.length >= expected);
  return names;
}

export async function updated(): Promise<number> {
  let sum = 0;
  setHandler(
    addUpdate,
    async (value) => {
      sum += Number(await echo(`${value}`));
      return sum;
    },
    {
      validator(value) {
        if (value < 0) throw new Error('only up');
      },
    },
  );
  await condition(() => sum >= 10);
  return sum;
}

export async function childOf(text: string): Promise<string> {
  return echo(text);
}

export async function parent(): Promise<string> {
  return executeChild(childOf, {args: ['from the child'], workflowId: `${workflowInfo().workflowId}/c1`});
}

export async function grandparent(): Promise<string> {
  return executeChild(parent, {workflowId: `${workflowInfo().workflowId}/p1`});
}

export async function parents(count: number): Promise<string[]> {
  const {workflowId} = workflowInfo();
  const ids = Array.from({length: count}, (_, index) => `${workflowId}/c${index}`);
  return Promise.all(ids.map((id) => executeChild(childOf, {args: [id.slice(-2)], workflowId: id})));
}

export async function childFailure(): Promise<string> {
  try {
    await executeChild(failsItself, {workflowId: `${workflowInfo().workflowId}/c1`});
    return 'completed';
  } catch (error) {
    return ((error as Error).cause as Error).message;
  }
}

export async function childIdTaken(): Promise<string> {
  const workflowId = `${workflowInfo().workflowId}/c1`;
  const first = await startChild(untilCanceled, {workflowId});
  let outcome = 'started twice';
  try {
    await startChild(untilCanceled, {workflowId});
  } catch (error) {
    outcome = (error as Error).name;
  }
  await first.signal('ignored');
  return outcome;
}

export async function leavesChildren(): Promise<void> {
  const {workflowId} = workflowInfo();
  for (const policy of ['TERMINATE', 'REQUEST_CANCEL', 'ABANDON'] as const) {
    const parentClosePolicy = ParentClosePolicy[policy];
    await startChild(untilCanceled, {workflowId: `${workflowId}/${policy}`, parentClosePolicy});
  }
}

export async function cancelsChild(): Promise<string> {
  const scope = new CancellationScope();
  const child = await scope.run(() =>
    startChild(untilCanceled, {
      workflowId: `${workflowInfo().workflowId}/c1`,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
    }),
  );
  const settled = child.result().then(
    () => 'completed',
    (error: Error) => (error.cause as Error).name,
  );
  scope.cancel();
  return settled;
}

export async function signalsOther(workflowId: string): Promise<string> {
  await getExternalWorkflowHandle(workflowId).signal(nameSignal, 'from outside');
  try {
    await getExternalWorkflowHandle('nobody').signal(nameSignal, 'nobody');
  } catch (error) {
    return (error as Error).name;
  }
  return 'both arrived';
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
  // The clock of a workflow stands still within a task: only a later attempt gets past this.
  if (Date.now() - workflowInfo().startTime.getTime() < 1500) throw new Error('too early');
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

export async function startsAndLeaves(): Promise<void> {
  const workflowId = `${workflowInfo().workflowId}/left`;
  // Not awaited: the workflow is over before its child has started.
  startChild(childOf, {workflowId, args: ['left'], parentClosePolicy: ParentClosePolicy.ABANDON}).catch(
    () => undefined,
  );
}

export async function reachesWhatIsOver(): Promise<string[]> {
  const workflowId = `${workflowInfo().workflowId}/c1`;
  await executeChild(childOf, {workflowId, args: ['over']});
  const over = getExternalWorkflowHandle(workflowId);
  const outcomes: string[] = [];
  await over.cancel().then(
    () => outcomes.push('canceled'),
    (error: Error) => outcomes.push(error.name),
  );
  await over.signal(nameSignal, 'too late').catch((error: Error) => outcomes.push(error.name));
  return outcomes;
}

export async function closesWithUpdate(): Promise<string> {
  let isAsked = false;
  setHandler(addUpdate, async () => {
    isAsked = true;
    await condition(() => false);
    return 0;
  });
  await condition(() => isAsked);
  return 'done';
}
