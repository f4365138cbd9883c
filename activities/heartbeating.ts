import type {Context} from '@temporalio/activity';

/**
 * Runs `work` while heartbeating for it, and settles as cancelled as soon as cancellation arrives, even where the
 * work ignores its signal.
 *
 * @param interval milliseconds between heartbeats; cancellation arrives with the answer to one
 * @param details what the next heartbeat carries
 */
export async function whileHeartbeating<T>(
  context: Context,
  interval: number,
  work: () => Promise<T>,
  details: () => unknown = () => undefined,
): Promise<T> {
  const timer = setInterval(() => context.heartbeat(details()), interval);
  try {
    return await Promise.race([work(), context.cancelled]);
  } finally {
    clearInterval(timer);
  }
}
