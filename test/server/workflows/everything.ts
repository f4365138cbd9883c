import {
  CancellationScope,
  condition,
  continueAsNew,
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import type {activities} from '../activities.ts';
import {childOf} from './children.ts';
import {addUpdate, nameSignal, signaled, stateQuery, untilCanceled} from './messages.ts';

const {echo, failTwice, countOn} = proxyActivities<typeof activities>({
  startToCloseTimeout: '2s',
  retry: {initialInterval: '10ms', maximumAttempts: 30},
});

// A worker that never got its task is missed soon.
const quick = {workflowTaskTimeout: '2s'} as const;

/**
 * Uses all that a run can have pending: activities that are tried again, timers, children, signals to and from outside,
 * updates, queries, a memo, cancellation, and a chain of runs.
 *
 * @returns what happened, the same whatever dies meanwhile
 */
export async function everything(left: number, before: string[] = []): Promise<string[]> {
  const log = [...before];
  const names: string[] = [];
  let sum = 0;
  setHandler(stateQuery, () => names);
  setHandler(nameSignal, (name) => {
    names.push(name);
  });
  setHandler(addUpdate, async (value) => {
    sum += Number(await echo(`${value}`));
    return sum;
  });
  upsertMemo({left});
  const [a, ...others] = await Promise.all([
    echo('a'),
    failTwice('b'),
    countOn(),
    withChild(left),
    withTimers(),
  ]);
  // How many attempts it took depends on what was lost on the way.
  log.push(a, ...others.map((text) => text.replace(/ (at )?\S+$/, '')));
  log.push(await withLongChild(left));
  await condition(() => names.length > 0 && sum > 0);
  log.push(`${names.toSorted().join('+')} ${sum}`);
  if (left > 0) return continueAsNew<typeof everything>(left - 1, log);
  return log;
}

async function withChild(left: number): Promise<string> {
  return executeChild(childOf, {
    ...quick,
    args: ['c'],
    workflowId: `${workflowInfo().workflowId}/child-${left}`,
  });
}

async function withTimers(): Promise<string> {
  const scope = new CancellationScope();
  const long = scope.run(() => sleep('1h')).catch((error: Error) => error.name);
  await sleep(20);
  scope.cancel();
  return `${await long}`;
}

async function withLongChild(left: number): Promise<string> {
  const workflowId = `${workflowInfo().workflowId}/signaled-${left}`;
  const child = await startChild(signaled, {...quick, args: [1], workflowId});
  await getExternalWorkflowHandle(workflowId).signal(nameSignal, 'from the parent');
  const terminated = {workflowId: `${workflowInfo().workflowId}/left-${left}`};
  await startChild(untilCanceled, {...terminated, parentClosePolicy: ParentClosePolicy.TERMINATE});
  return (await child.result()).join();
}
