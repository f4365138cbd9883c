import {WorkflowExecutionStatus} from '../wire/enums.ts';
import {milliseconds} from '../wire/numbers.ts';
import type {EventAttributes, HistoryEvent, Payload, UserMetadata} from '../wire/proto.ts';
import type {Activity, Child, External, Query, Timer, Update, WorkflowTask} from './pending.ts';

/** A namespace: its name and the id that events carry. */
export interface Namespace {
  readonly name: string;
  readonly id: string;
}

/** What a new run starts from. */
export interface RunStart {
  readonly namespace: Namespace;
  readonly workflowId: string;
  readonly runId: string;
  /** The caller's request id: the same request twice starts one run. */
  readonly requestId: string;
  readonly started: EventAttributes<'workflowExecutionStarted'>;
  readonly userMetadata?: UserMetadata | null | undefined;
  /** A child gets its first workflow task only once its parent knows of it. */
  readonly heldByParent?: boolean;
}

/** One run of a workflow: its history and all that is pending in it. Only code in `run/` changes it. */
export interface Run extends RunStart {
  readonly startedAt: number;
  /** When the run and the whole chain of runs time out; infinite where they do not. */
  readonly runExpiresAt: number;
  readonly executionExpiresAt: number;
  status: number;
  closedAt: number;
  /** The event that closed it. */
  closeEvent: HistoryEvent | undefined;
  readonly history: HistoryEvent[];
  historySize: number;
  /** Events that came while a workflow task was started; they get their ids when it ends. */
  buffered: HistoryEvent[];
  workflowTask: WorkflowTask | undefined;
  workflowTaskAttempt: number;
  /** When the first workflow task may be scheduled, infinite while the parent holds it; undefined once it was. */
  firstWorkflowTaskAt: number | undefined;
  lastCompletedStartedEventId: number;
  sticky: {taskQueue: string; scheduleToStartTimeout: number} | undefined;
  cancelRequested: boolean;
  readonly signalRequestIds: Set<string>;
  readonly activities: Map<number, Activity>;
  readonly timers: Map<string, Timer>;
  readonly children: Map<number, Child>;
  readonly externals: Map<number, External>;
  readonly updates: Map<string, Update>;
  readonly queries: Map<string, Query>;
  readonly memo: Record<string, Payload>;
  readonly searchAttributes: Record<string, Payload>;
  stateTransitions: number;
  /** The first completed workflow task of every build that worked on the workflow. */
  readonly resetPoints: ResetPoint[];
}

/** A point that the workflow can be reset to, as events and descriptions show it. */
export type ResetPoint = NonNullable<
  NonNullable<EventAttributes<'workflowExecutionStarted'>['prevAutoResetPoints']>['points']
>[number];

/**
 * @param now milliseconds since the epoch
 * @returns a run with nothing in its history yet
 */
export function createRun(start: RunStart, now: number): Run {
  const {started} = start;
  const runTimeout = milliseconds(started.workflowRunTimeout);
  const delay = milliseconds(started.firstWorkflowTaskBackoff);
  const expiration = milliseconds(started.workflowExecutionExpirationTime);
  return {
    ...start,
    startedAt: now,
    // The time allowed for a run begins when its first workflow task may.
    runExpiresAt: runTimeout > 0 ? now + delay + runTimeout : Number.POSITIVE_INFINITY,
    executionExpiresAt: expiration > 0 ? expiration : Number.POSITIVE_INFINITY,
    status: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    closedAt: 0,
    closeEvent: undefined,
    history: [],
    historySize: 0,
    buffered: [],
    workflowTask: undefined,
    workflowTaskAttempt: 1,
    firstWorkflowTaskAt: start.heldByParent ? Number.POSITIVE_INFINITY : now + delay,
    lastCompletedStartedEventId: 0,
    sticky: undefined,
    cancelRequested: false,
    signalRequestIds: new Set(),
    activities: new Map(),
    timers: new Map(),
    children: new Map(),
    externals: new Map(),
    updates: new Map(),
    queries: new Map(),
    memo: {...started.memo?.fields},
    searchAttributes: {...started.searchAttributes?.indexedFields},
    stateTransitions: 0,
    resetPoints: [...(started.prevAutoResetPoints?.points ?? [])],
  };
}

/** @returns whether the run is open */
export function isRunning(run: Run): boolean {
  return run.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
}

/** @returns the id that the next event will get */
export function nextEventId(run: Run): number {
  return run.history.length + 1;
}

/** @returns how the run is named in events and requests */
export function executionOf(run: Run): {workflowId: string; runId: string} {
  return {workflowId: run.workflowId, runId: run.runId};
}
