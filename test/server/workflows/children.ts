import {
  CancellationScope,
  ChildWorkflowCancellationType,
  executeChild,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import {failsItself} from './activities.ts';
import {echo} from './echo.ts';
import {nameSignal, untilCanceled} from './messages.ts';

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
