import type {ActivitySettings} from '../../activities/activity-settings.ts';
import type {Capability} from '../../activities/define.ts';
import type {AgentLimits} from '../../workflows/protocol/manifest.ts';
import {checkAgent} from './check-agent.ts';

/** An agent as its author writes it. */
export interface AgentDefinition {
  /** Letters, digits, `_` and `-`. */
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
 * Defines an agent.
 *
 * @throws AgentDefinitionError where something in it is unknown, missing or cannot be
 */
export function defineAgent(definition: AgentDefinition): AgentDefinition {
  checkAgent(definition);
  return definition;
}
