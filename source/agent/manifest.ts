import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import type {Capability, Tool} from '../../activities/define.ts';
import {inputSchema} from '../../activities/input-schema.ts';
import type {JsonSchema} from '../../workflows/protocol/json.ts';
import {encodedBytes, maximumStartBytes} from '../../workflows/protocol/limits.ts';
import type {AgentManifest, ToolEntry} from '../../workflows/protocol/manifest.ts';
import {isNativeTool, nativeTools, subagentTool} from '../../workflows/protocol/native-tools.ts';
import {toPolicy} from './activity-policy.ts';
import {checkAgent} from './check-agent.ts';
import {type AgentDefinition, capabilitiesOf} from './define-agent.ts';
import {withAgentNames} from './spawn-schema.ts';

const defaultLimits = {turns: 100, depth: 8, calls: 10_000};

/**
 * An agent as data, for the workflow's input.
 *
 * @throws AgentDefinitionError as `defineAgent` does, and for two tools of one name, a tool without `run` that the
 * workflow does not implement, or a manifest of more than 1 MB
 */
export function createManifest(agent: AgentDefinition): AgentManifest {
  checkAgent(agent);
  const manifest: AgentManifest = {
    version: 1,
    name: agent.name,
    instructions: agent.instructions,
    model: agent.model ?? 'scripted',
    tools: offeredCapabilities(agent).flatMap((capability) => toolEntries(agent, capability)),
    agents: subagentEntries(agent),
    limits: {...defaultLimits, ...agent.limits},
    modelActivity: toPolicy(agent.modelActivity ?? {}),
  };
  checkNames(manifest.tools);
  if (encodedBytes(manifest) > maximumStartBytes) {
    throw new AgentDefinitionError(
      `The agent "${agent.name}" is too large: at most 1 MB of tools and instructions.`,
    );
  }
  return manifest;
}

/** A subagent gets the same tools, so that one live model among them decides. */
function offeredCapabilities(agent: AgentDefinition): readonly Capability[] {
  const models = [agent, ...Object.values(agent.agents ?? {})].map(({model = 'scripted'}) => model);
  const isScripted = models.every((model) => /^scripted(:|$)/.test(model));
  return isScripted ? capabilitiesOf(agent) : agent.capabilities;
}

/** Who has no subagents is not offered to spawn them. */
function offeredTools({agents = {}}: AgentDefinition, {name, tools}: Capability): [string, Tool][] {
  const hasAgents = Object.keys(agents).length > 0;
  return Object.entries(tools).filter(
    ([tool]) => hasAgents || tool !== subagentTool || !isNativeTool({capability: name, name: tool}),
  );
}

function toolEntries(agent: AgentDefinition, capability: Capability): ToolEntry[] {
  return offeredTools(agent, capability).map(([name, tool]) => {
    const settings = agent.toolActivity?.[capability.name]?.[name];
    const common = {
      name,
      capability: capability.name,
      description: tool.description,
      input: schemaOf(agent, capability.name, name, tool),
    };
    if (settings === false || !tool.run) {
      checkNative(capability.name, name);
      return {...common, transport: 'workflow'};
    }
    const activity = {...toPolicy(tool.activity ?? {}), ...toPolicy(settings ?? {})};
    return {...common, transport: 'activity', ...(Object.keys(activity).length > 0 && {activity})};
  });
}

/** What a subagent is good for stands where `spawn` names it. */
function subagentEntries({agents = {}}: AgentDefinition): AgentManifest['agents'] {
  return Object.fromEntries(
    Object.entries(agents).map(([name, {description: _, ...entry}]) => [name, entry]),
  );
}

function schemaOf(agent: AgentDefinition, capability: string, name: string, tool: Tool): JsonSchema {
  const schema = inputSchema(tool.input, `${capability}.${name}`);
  return isNativeTool({capability, name}) && name === subagentTool ? withAgentNames(schema, agent) : schema;
}

function checkNative(capability: string, name: string): void {
  if (isNativeTool({capability, name})) return;
  const known = Object.entries(nativeTools).map(([tool, facts]) => `${facts.capability}.${tool}`);
  throw new AgentDefinitionError(
    `${capability}.${name} cannot run inside the workflow: only ${known.join(' and ')} can. Give it a run function.`,
  );
}

function checkNames(tools: readonly ToolEntry[]): void {
  const owners = new Map<string, string>();
  for (const {name, capability} of tools) {
    const owner = owners.get(name);
    if (owner)
      throw new AgentDefinitionError(
        `Two tools are named "${name}": ${owner} and ${capability} both have one. Rename one.`,
      );
    owners.set(name, capability);
  }
}
