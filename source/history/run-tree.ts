import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {ToolEntry} from '../../workflows/protocol/manifest.ts';
import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import type {ToolFailure} from '../../workflows/protocol/tool-call.ts';
import type {PendingActivity} from './event.ts';

/** Everything known of runs and their subagents, keyed by workflow id. Immutable: each event makes a new one. */
export interface RunForest {
  readonly runs: ReadonlyMap<string, RunNode>;
}

/** Temporal's workflow execution status, in lower camel case. */
export type RunStatus = 'running' | 'completed' | 'failed' | 'canceled' | 'terminated' | 'timedOut';

/** One agent: a workflow, through all its continue-as-new runs. */
export interface RunNode {
  readonly workflowId: string;
  /** Ids of its runs, oldest first: more than one after continue-as-new. Empty until its first event. */
  readonly runIds: readonly string[];
  /** Absent for a root agent. */
  readonly parent?: {readonly workflowId: string; readonly callId: string};
  readonly agent: string;
  readonly model: string;
  /** What the agent was asked; empty where it only runs `program`. */
  readonly prompt: string;
  readonly program?: string;
  /** The tools of its manifest, by name. */
  readonly tools: ReadonlyMap<string, ToolEntry>;
  readonly status: RunStatus;
  /** True from the cancel request on. */
  readonly cancelRequested: boolean;
  /** Milliseconds since the epoch. */
  readonly startTime: number;
  readonly endTime?: number;
  readonly answer?: string;
  /** What a program that was run on its own returned. */
  readonly value?: JsonValue;
  readonly failure?: FailureChain;
  /** Why the newest workflow task failed, while none has succeeded since: the run is stuck. */
  readonly taskFailure?: FailureChain;
  /** Tokens of its own model steps. */
  readonly usage?: TokenUsage;
  readonly turns: readonly TurnNode[];
  /** Identities of the workers that completed workflow tasks, in order of first appearance. */
  readonly workers: readonly string[];
  /** Of all its runs. */
  readonly eventCount: number;
  /** Of its newest run: an event that is delivered twice counts once. */
  readonly lastEventId: number;
}

/** A failure with its causes, outermost first. */
export interface FailureChain {
  readonly type: string;
  readonly message: string;
  readonly cause?: FailureChain;
}

/** One round of the agent's loop. */
export interface TurnNode {
  /** From 1. */
  readonly number: number;
  /** Absent where a program was run without a model. */
  readonly model?: CallNode;
  readonly calls: readonly CallNode[];
}

/** Where a call stands. `requested`: asked for by the model, no event yet. */
export type CallState =
  | 'requested'
  | 'scheduled'
  | 'running'
  | 'completed'
  | 'failed'
  | 'timedOut'
  | 'cancelRequested'
  | 'canceled';

/** A model step, a tool call, a program or a spawn. */
export interface CallNode {
  /** E.g. `t1.model`, `t1.c2`, `t1.c2.3`; `sleep.12` of a sleep whose timer event 12 started. */
  readonly id: string;
  /**
   * `local`: answered inside the workflow without an event (an unknown tool, arguments that are too large). `sleep`: a
   * program's wait, which is no call.
   */
  readonly kind: 'model' | 'activity' | 'subagent' | 'program' | 'local' | 'sleep';
  /** Display name: `model.request`, `sandbox.write_file`, `spawn`, `run_ptc`. */
  readonly name: string;
  readonly state: CallState;
  readonly input?: JsonObject | string;
  readonly result?: JsonValue;
  readonly failure?: FailureChain;
  /** What the model was told, where it differs from the events: validation feedback, a program's failure. */
  readonly feedback?: ToolFailure;
  /** From 1, as far as the history tells; a live view may know better from a PendingActivity. */
  readonly attempt: number;
  readonly scheduledTime?: number;
  readonly startTime?: number;
  readonly endTime?: number;
  /** Identity of the worker that did it. */
  readonly worker?: string;
  /** Of a subagent: its run's workflow id. */
  readonly childWorkflowId?: string;
  /** Of a call inside a program: the line that made it. */
  readonly line?: number;
  /** Of a program: its calls, in program order. */
  readonly calls: readonly CallNode[];
  /** The run (of continue-as-new runs) that `eventIds` belong to. */
  readonly runId: string;
  /** Ids of the events of this call, oldest first. The first one scheduled or initiated it. */
  readonly eventIds: readonly number[];
  readonly usage?: TokenUsage;
  /** What the server says of it beyond the history; only from `withPending`. */
  readonly pending?: PendingActivity;
}

/** What the server says of pending activities, by workflow id. */
export type PendingActivities = ReadonlyMap<string, readonly PendingActivity[]>;
