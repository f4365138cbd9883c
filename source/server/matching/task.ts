/** Which run a task belongs to. */
interface RunKey {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
}

/**
 * A workflow task or an activity's attempt that waits in a queue. It is data: whether it is still wanted shows when a
 * poller takes it, and after a restart it is made again from the run's state.
 */
export interface ScheduledTask extends RunKey {
  readonly kind: 'workflowTask' | 'activityTask';
  readonly scheduledEventId: number;
  readonly attempt: number;
}

/** A query that waits in a queue, without a workflow task. */
export interface QueryTask extends RunKey {
  readonly kind: 'queryTask';
  readonly queryId: string;
}
