import {defaultAgent} from './default-agent.ts';
import type {AgentDefinition} from './define-agent.ts';
import {loadAgent, loadCapabilities} from './load.ts';

/** Which agent a command runs, as flags say it. Plain data: it crosses to the host process. */
export interface AgentChoice {
  /** `--agent`: a module; the default agent where absent. */
  agentModule?: string;
  /** `--capability`: modules that add to it. */
  capabilityModules: readonly string[];
  /** `--model`. */
  model?: string;
}

/**
 * The agent with the capabilities that were added to it.
 *
 * @throws AgentDefinitionError where a module does not load
 */
export async function assembleAgent({
  agentModule,
  capabilityModules,
  model,
}: AgentChoice): Promise<AgentDefinition> {
  const agent = agentModule === undefined ? defaultAgent : await loadAgent(agentModule);
  const added = await Promise.all(capabilityModules.map(loadCapabilities));
  return {
    ...agent,
    ...(model !== undefined && {model}),
    capabilities: [...agent.capabilities, ...added.flat()],
  };
}
