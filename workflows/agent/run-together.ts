import {CancellationScope} from '@temporalio/workflow';

/**
 * Runs several operations at once. On the first failure the others are cancelled and awaited, then that failure is
 * thrown: nothing goes on behind the caller's back, and no promise rejects unawaited.
 *
 * @returns the results in the order of `starts`
 */
export async function runTogether<T>(starts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const scope = new CancellationScope();
  const failures: unknown[] = [];
  const results = await scope.run(() =>
    Promise.all(
      starts.map((start) =>
        start().catch((error: unknown) => {
          failures.push(error);
          scope.cancel();
        }),
      ),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results as T[];
}
