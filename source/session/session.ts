import type {JsonValue} from '../../workflows/protocol/json.ts';
import type {HistoryEvent, PendingActivity} from '../history/event.ts';
import type {RunStatus} from '../history/run-tree.ts';

/**
 * The client side of durable agents: starts runs, follows their histories and those of their subagents, cancels.
 * Errors are `Error`s whose message is one line for people.
 */
export interface Session {
  /** Starts a root agent. Resolves once the server has accepted it; the run is followed from then on. */
  start(request: StartRequest): Promise<RunReference>;
  /**
   * Follows a run that exists, from its first event on, with all its descendants.
   *
   * @throws CommandError where the server does not know it
   */
  attach(workflowId: string): Promise<AttachedRun>;
  /** Asks the server to cancel a run or a subagent. */
  cancel(workflowId: string): Promise<void>;
  /** Root runs that the server knows, newest first. */
  list(limit: number): Promise<RunSummary[]>;
  /** The history of a workflow's newest run as Temporal's JSON: what `temporal workflow show --output json` prints. */
  historyJson(workflowId: string): Promise<string>;
  /** Receives everything that happens to followed runs until the returned function is called. */
  subscribe(listener: (update: SessionUpdate) => void): () => void;
  close(): Promise<void>;
}

/** Exactly one of `prompt`, `scenario` and `program` is present. */
export interface StartRequest {
  prompt?: string;
  /** Name of a scenario of the catalogue. */
  scenario?: string;
  /** Source of a program to run as an agent's only `run_ptc` call. */
  program?: string;
  /** A finished root run whose conversation this prompt continues. */
  continues?: string;
  /** A model other than the session's, as `--model` takes it. */
  model?: string;
  /** A task queue other than the session's. */
  taskQueue?: string;
}

export interface RunReference {
  workflowId: string;
  runId: string;
}

/** A run that somebody else may have started. */
interface AttachedRun extends RunReference {
  /** What its workers poll. */
  taskQueue: string;
  /** False where it has ended. */
  isOpen: boolean;
}

/** What `list` says of a run. Times are milliseconds since the epoch. */
export interface RunSummary extends RunReference {
  status: RunStatus;
  startTime: number;
  endTime?: number;
  taskQueue: string;
}

/** What a subscriber receives, in order per workflow. */
export type SessionUpdate =
  | {type: 'events'; workflowId: string; events: HistoryEvent[]}
  | {type: 'pending'; workflowId: string; pending: PendingActivity[]}
  /** A followed root run is over and all its events have been delivered. */
  | {type: 'closed'; workflowId: string; result: RunResult}
  /** The server cannot be reached (`lost`) or answers again (`restored`). */
  | {type: 'connection'; state: 'lost' | 'restored'; message: string}
  /** Something went wrong that is no run's. */
  | {type: 'trouble'; message: string}
  /**
   * A task of a run or a subagent waits, and no worker polls its queue (`unpolled`, the message says how to start one);
   * a worker has taken it (`polled`).
   */
  | {type: 'queue'; state: 'unpolled' | 'polled'; workflowId: string; message: string}
  /** A run cannot be followed any further: deleted on the server, or its history cannot be decoded. */
  | {type: 'unfollowable'; workflowId: string; message: string};

/** How a root run ended. */
export interface RunResult {
  status: Exclude<RunStatus, 'running'>;
  answer?: string;
  value?: JsonValue;
  /** The root cause in one line; of a completed run, why its answer cannot be read. */
  error?: string;
  /** Of a failed program: the code frame and a hint, in several lines. */
  explanation?: string;
}
