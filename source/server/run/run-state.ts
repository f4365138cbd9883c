import {WorkflowExecutionStatus} from '../wire/enums.ts';
import {milliseconds} from '../wire/numbers.ts';
import type {EventAttributes, HistoryEvent, Payload, UserMetadata} from '../wire/proto.ts';
import type {History} from './draft-history.ts';
import type {Activity, Child, External, Timer, Update, WorkflowTask} from './pending.ts';

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

/** What a run is in single values. Moments are milliseconds since the epoch. */
export interface RunFields extends Omit<RunStart, 'heldByParent'> {
  readonly startedAt: number;
  /** When the run and the whole chain of runs time out; infinite where they do not. */
  readonly runExpiresAt: number;
  readonly executionExpiresAt: number;
  status: number;
  closedAt: number;
  historySize: number;
  /** Events that came while a workflow task was started; they get their ids when it ends. */
  buffered: readonly HistoryEvent[];
  workflowTask: WorkflowTask | undefined;
  workflowTaskAttempt: number;
  /** When the first workflow task may be scheduled, infinite while the parent holds it; undefined once it was. */
  firstWorkflowTaskAt: number | undefined;
  lastCompletedStartedEventId: number;
  sticky: {readonly taskQueue: string; readonly scheduleToStartTimeout: number} | undefined;
  cancelRequested: boolean;
  memo: Readonly<Record<string, Payload>>;
  searchAttributes: Readonly<Record<string, Payload>>;
  stateTransitions: number;
  /** The first completed workflow task of every build that worked on the workflow. */
  resetPoints: readonly ResetPoint[];
}

/**
 * One run of a workflow as it was last committed: its history and all that is pending in it. It is plain data, so it can
 * be stored; what only lives with the process is in `LiveRun`. Only the store changes it, by committing a draft.
 */
export interface RunState extends Readonly<RunFields> {
  readonly history: History;
  readonly activities: ReadonlyMap<number, Readonly<Activity>>;
  readonly timers: ReadonlyMap<string, Timer>;
  readonly children: ReadonlyMap<number, Readonly<Child>>;
  readonly externals: ReadonlyMap<number, Readonly<External>>;
  readonly updates: ReadonlyMap<string, Readonly<Update>>;
  /** Request ids of the signals that came: the same one twice is one signal. */
  readonly signalRequestIds: ReadonlyMap<string, true>;
}

/** A point that the workflow can be reset to, as events and descriptions show it. */
export type ResetPoint = NonNullable<
  NonNullable<EventAttributes<'workflowExecutionStarted'>['prevAutoResetPoints']>['points']
>[number];

/**
 * @param now milliseconds since the epoch
 * @returns a run with nothing in its history yet
 */
export function createRun({heldByParent, ...start}: RunStart, now: number): RunState {
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
    history: [],
    historySize: 0,
    buffered: [],
    workflowTask: undefined,
    workflowTaskAttempt: 1,
    firstWorkflowTaskAt: heldByParent ? Number.POSITIVE_INFINITY : now + delay,
    lastCompletedStartedEventId: 0,
    sticky: undefined,
    cancelRequested: false,
    signalRequestIds: new Map(),
    activities: new Map(),
    timers: new Map(),
    children: new Map(),
    externals: new Map(),
    updates: new Map(),
    memo: {...started.memo?.fields},
    searchAttributes: {...started.searchAttributes?.indexedFields},
    stateTransitions: 0,
    resetPoints: [...(started.prevAutoResetPoints?.points ?? [])],
  };
}

/** @returns whether the run is open */
export function isRunning({status}: Pick<RunState, 'status'>): boolean {
  return status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
}

/** @returns the event that closed the run, undefined while it is open */
export function closeEventOf(run: RunState): HistoryEvent | undefined {
  return isRunning(run) ? undefined : run.history.at(-1);
}

/** @returns the id that the next event will get */
export function nextEventId({history}: {readonly history: {readonly length: number}}): number {
  return history.length + 1;
}

/** @returns how the run is named in events and requests */
export function executionOf({workflowId, runId}: Pick<RunState, 'workflowId' | 'runId'>) {
  return {workflowId, runId};
}
