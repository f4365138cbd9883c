import {
  ApplicationFailure,
  activityInfo,
  CompleteAsyncError,
  cancelled,
  heartbeat,
  sleep,
} from '@temporalio/activity';

/** The activities of the test workflows. */
export const activities = {
  async echo(text: string): Promise<string> {
    return text;
  },
  async failTwice(what: string): Promise<string> {
    const {attempt} = activityInfo();
    if (attempt < 3) throw new Error(`${what}, attempt ${attempt}`);
    return `attempt ${attempt}`;
  },
  async failForGood(): Promise<string> {
    throw new Error('never works');
  },
  async failNonRetryable(): Promise<string> {
    throw ApplicationFailure.nonRetryable('must not be tried again', 'Final');
  },
  async hang(): Promise<void> {
    await sleep(60_000);
  },
  async heartbeatUntilCanceled(): Promise<void> {
    const beating = setInterval(() => heartbeat('alive'), 50);
    try {
      await cancelled();
    } finally {
      clearInterval(beating);
    }
  },
  async countOn(): Promise<string> {
    const {attempt, heartbeatDetails} = activityInfo();
    if (attempt > 1) return `went on at ${heartbeatDetails}`;
    heartbeat(7);
    await sleep(200);
    throw new Error('stopped at 7');
  },
  async leftOpen(): Promise<string> {
    throw new CompleteAsyncError();
  },
  async large(): Promise<string> {
    return 'x'.repeat(2 * 1024 * 1024 + 1);
  },
  async slowAtFirst(): Promise<string> {
    const {attempt} = activityInfo();
    if (attempt === 1) await sleep(60_000);
    return `attempt ${attempt}`;
  },
};
