import type {EventAttributes, Failure, Payloads, TaskQueueInfo, UserMetadata} from '../wire/proto.ts';
import type {ActivityState, ChildState, UpdateState, WorkflowTaskState} from './transitions.ts';

/** A workflow task that is scheduled or started. Moments are milliseconds since the epoch, lengths milliseconds. */
export interface WorkflowTask {
  state: WorkflowTaskState;
  /** Normal tasks have their events in the history; transient and speculative ones only once they complete. */
  kind: 'normal' | 'transient' | 'speculative';
  scheduledEventId: number;
  startedEventId: number;
  attempt: number;
  taskQueue: TaskQueueInfo;
  startToCloseTimeout: number;
  scheduledAt: number;
  startedAt: number;
  requestId: string;
  identity: string;
  buildId: string;
  suggestContinueAsNew: boolean;
  historySizeBytes: number;
}

/** An activity between its scheduled and its closing event. */
export interface Activity {
  state: ActivityState;
  readonly scheduledEventId: number;
  readonly attributes: EventAttributes<'activityTaskScheduled'>;
  readonly activityId: string;
  readonly userMetadata: UserMetadata | null | undefined;
  readonly timeouts: {
    scheduleToClose: number;
    scheduleToStart: number;
    startToClose: number;
    heartbeat: number;
  };
  readonly firstScheduledAt: number;
  /** When the attempt was, or will be, handed to the task queue. */
  scheduledAt: number;
  startedAt: number;
  attempt: number;
  requestId: string;
  identity: string;
  buildId: string;
  heartbeatAt: number;
  heartbeatDetails: Payloads | null | undefined;
  lastFailure: Failure | undefined;
  lastAttemptCompletedAt: number;
  retryInterval: number;
  cancelRequestedEventId: number;
}

/** A timer that has not fired. */
export interface Timer {
  readonly timerId: string;
  readonly startedEventId: number;
  readonly firesAt: number;
}

/** A child workflow between its initiated and its closing event. */
export interface Child {
  state: ChildState;
  readonly initiatedEventId: number;
  readonly attributes: EventAttributes<'startChildWorkflowExecutionInitiated'>;
  readonly userMetadata: UserMetadata | null | undefined;
  readonly runId: string;
  startedEventId: number;
}

/** A signal or a cancellation on its way to another workflow. */
export type External =
  | {
      kind: 'signal';
      initiatedEventId: number;
      attributes: EventAttributes<'signalExternalWorkflowExecutionInitiated'>;
    }
  | {
      kind: 'cancel';
      initiatedEventId: number;
      attributes: EventAttributes<'requestCancelExternalWorkflowExecutionInitiated'>;
    };

/** An update of a workflow, from its admission to its outcome. */
export interface Update {
  state: UpdateState;
  readonly updateId: string;
  readonly request: NonNullable<EventAttributes<'workflowExecutionUpdateAccepted'>['acceptedRequest']>;
  acceptedEventId: number;
  outcome: EventAttributes<'workflowExecutionUpdateCompleted'>['outcome'];
  /** Set where it was given up because its run closed: whether another run follows, which callers may ask. */
  abortedBy: 'closing' | 'closed' | undefined;
}
