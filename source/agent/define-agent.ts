import type {Capability} from '../../activities/define.ts';
import type {AgentLimits} from '../../workflows/protocol/manifest.ts';
import type {Duration} from './duration.ts';

/** An agent as its author writes it. */
export interface AgentDefinition {
  /** Lower-case letters, digits and underscores. */
  name: string;
  /** As `--model` takes it; `scripted` where absent. */
  model?: string;
  instructions: string;
  capabilities: readonly Capability[];
  /** What only scripted models are offered, such as tools that fail on purpose. */
  scriptedCapabilities?: readonly Capability[];
  modelActivity?: ActivitySettings;
  /**
   * By capability and tool: timeouts and retries of its activity, or `false` for a tool that is implemented inside the
   * workflow (`subagents.spawn`, `ptc.run_ptc`).
   */
  toolActivity?: Readonly<Record<string, Readonly<Record<string, ActivitySettings | false>>>>;
  /** Whom `spawn` may name. */
  agents?: Readonly<Record<string, SubagentDefinition>>;
  limits?: Partial<AgentLimits>;
}

/** A subagent as its author writes it. */
export interface SubagentDefinition {
  /** What it is good for: a model chooses by it. The beginning of its instructions where absent. */
  description?: string;
  instructions: string;
  /** The agent's own where absent. */
  model?: string;
}

/** Everything that a worker of an agent needs, whichever model a run asks. */
export function capabilitiesOf({capabilities, scriptedCapabilities = []}: AgentDefinition): Capability[] {
  return [...capabilities, ...scriptedCapabilities];
}

/**
 * Timeouts and retries of an activity, as an author writes them: `'30s'`, `'1m'`, or milliseconds. The defaults are those
 * of `ActivityPolicy`: an attempt of a tool has 60 s and a model step 300 s, a sign of life is due every 10 s and given
 * for it, and there are 5 attempts, 1 s, 2 s, 4 s and so on apart, 30 s at most.
 */
export interface ActivitySettings {
  startToCloseTimeout?: Duration;
  scheduleToCloseTimeout?: Duration;
  heartbeatTimeout?: Duration;
  retry?: {
    /** 1 or more; a model step gets at least 3, since a forced shutdown of its worker uses one up. */
    maximumAttempts?: number;
    initialInterval?: Duration;
    backoffCoefficient?: number;
    maximumInterval?: Duration;
  };
}

/** Checks nothing yet and changes nothing: it gives an author's agent its type. */
export function defineAgent(definition: AgentDefinition): AgentDefinition {
  return definition;
}
