import {
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  setHandler,
} from '@temporalio/workflow';
import {echo} from './echo.ts';

export const nameSignal = defineSignal<[string]>('name');

export const stateQuery = defineQuery<string[]>('state');

export const addUpdate = defineUpdate<number, [number]>('add');

export async function untilCanceled(): Promise<void> {
  await condition(() => false);
}

export async function outlivesCancellation(): Promise<string> {
  let isNamed = false;
  setHandler(nameSignal, () => {
    isNamed = true;
  });
  return CancellationScope.nonCancellable(async () => {
    await condition(() => isNamed);
    return 'named';
  });
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

export async function signalsOther(workflowId: string): Promise<string> {
  await getExternalWorkflowHandle(workflowId).signal(nameSignal, 'from outside');
  try {
    await getExternalWorkflowHandle('nobody').signal(nameSignal, 'nobody');
  } catch (error) {
    return (error as Error).name;
  }
  return 'both arrived';
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
