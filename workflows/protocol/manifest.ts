import type {JsonObject, JsonSchema} from './json.ts';

/** The versions of a manifest that this code can run. */
export const supportedManifestVersions: readonly number[] = [1, 2];

/**
 * An agent as data. It is made on the Node side from capabilities and goes into the workflow's input, so what a
 * run may do is pinned in its history and one workflow bundle serves every capability.
 */
export interface AgentManifest {
  /**
   * Of this shape; a run refuses one that is not in `supportedManifestVersions`. It selects no behaviour: a run in
   * flight needs the workflow code that it was started with, since loop and interpreter decide its commands. Even what
   * the interpreter charges for a step does, as steps decide when a program yields by a timer.
   */
  version: 1;
  name: string;
  instructions: string;
  /** `scripted`, `scripted:<scenario>`, `openai:<model>`, `openai-chat:<model>` or `anthropic:<model>`. */
  model: string;
  tools: ToolEntry[];
  /** Whom `spawn` may name; each gets the same tools and, where it names none, the same model. */
  agents: Record<string, SubagentEntry>;
  limits: AgentLimits;
  modelActivity: ActivityPolicy;
}

/** What a run needs of its manifest to go through its turns; the rest is for models, and for their workers only. */
export interface ManifestOutline extends Omit<AgentManifest, 'instructions' | 'tools' | 'agents'> {
  tools: ToolOutline[];
  agents: Record<string, Pick<SubagentEntry, 'model'>>;
}

/** A subagent that `spawn` may name. */
interface SubagentEntry {
  instructions: string;
  model?: string;
}

/** One tool as the model sees it and as the workflow reaches it. */
export interface ToolEntry extends ToolOutline {
  description: string;
  input: JsonSchema;
}

/** One tool as the workflow reaches it. */
export interface ToolOutline {
  name: string;
  capability: string;
  /** The properties of its input, true where one is required; absent where `input` tells them. */
  parameters?: Record<string, boolean>;
  /** `activity`: an activity named `<capability>.<tool>`; `workflow`: implemented in `workflows/capabilities/`. */
  transport: 'activity' | 'workflow';
  /** Only for `transport: 'activity'`; what is missing comes from the defaults of `activity-policy.ts`. */
  activity?: ActivityPolicy;
}

/** Timeouts and retries of an activity. Durations are milliseconds; `agent/activity-policy.ts` has the defaults. */
export interface ActivityPolicy {
  /** Of one attempt; 60,000 for a tool and 300,000 for a model step where absent. */
  startToCloseTimeout?: number;
  /** Of all attempts together; none where absent. */
  scheduleToCloseTimeout?: number;
  /** Between two signs of life of an attempt, which are given for it; 10,000 where absent. */
  heartbeatTimeout?: number;
  retry?: RetryPolicy;
}

/** A bounded retry policy. Durations are milliseconds. */
interface RetryPolicy {
  /** 5 where absent; a model step has at least 3. */
  maximumAttempts?: number;
  /** Before the second attempt; 1,000 where absent. */
  initialInterval?: number;
  /** By which each interval is longer than the one before; 2 where absent. */
  backoffCoefficient?: number;
  /** 30,000 where absent, or the first interval where that is longer. */
  maximumInterval?: number;
}

/** What ends a run with a clear failure. Counts are per workflow, `depth` is per family of runs. */
export interface AgentLimits {
  /** Model steps of one agent. */
  turns: number;
  /** How deep subagents may nest; the root agent has depth 0. */
  depth: number;
  /** Events of a history after which the agent goes on in a new run, once a turn ends; 10,000 where absent. */
  events?: number;
  /** Events of a history after which a turn makes no further calls, so that it ends; 40,000 where absent. */
  turnEvents?: number;
  /** Tool calls of one agent, those inside programs included. */
  calls: number;
  /** Budgets of each program that differ from the interpreter's own, by name: `steps`, `calls`, `recursion`, … */
  program?: Record<string, number>;
  /** Steps of all programs of one agent together; 30 million where absent. */
  programSteps?: number;
}

/** What a model is told of a tool. */
export interface ToolDescription {
  name: string;
  description: string;
  input: JsonObject;
}
