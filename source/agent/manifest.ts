import {z} from 'zod';
import type {Capability, Tool} from '../../activities/define.ts';
import {modelActivityType} from '../../workflows/protocol/identity.ts';
import type {JsonSchema} from '../../workflows/protocol/json.ts';
import {encodedBytes, maximumStartBytes} from '../../workflows/protocol/limits.ts';
import type {AgentManifest, ToolEntry} from '../../workflows/protocol/manifest.ts';
import {checkPolicy, toPolicy} from './activity-policy.ts';
import {AgentDefinitionError} from './agent-definition-error.ts';
import {type AgentDefinition, capabilitiesOf} from './define-agent.ts';
import {withAgentNames} from './spawn-schema.ts';

/** Only these are implemented in `workflows/capabilities/`. */
const nativeTools = new Set(['subagents.spawn', 'ptc.run_ptc']);

const defaultLimits = {turns: 100, depth: 8, calls: 10_000};

/**
 * An agent as data, for the workflow's input.
 *
 * @throws AgentDefinitionError for two tools of one name, a tool without `run` that the workflow does not implement,
 * settings for a tool that does not exist, retries that cannot be, or a manifest of more than 1 MB
 */
export function createManifest(agent: AgentDefinition): AgentManifest {
  checkToolActivity(agent);
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
  checkPolicy(modelActivityType, manifest.modelActivity);
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

function toolEntries(agent: AgentDefinition, capability: Capability): ToolEntry[] {
  return Object.entries(capability.tools).map(([name, tool]) => {
    const settings = agent.toolActivity?.[capability.name]?.[name];
    const common = {
      name,
      capability: capability.name,
      description: tool.description,
      input: inputSchema(agent, capability.name, name, tool),
    };
    if (settings === false || !tool.run) {
      checkNative(capability.name, name);
      return {...common, transport: 'workflow'};
    }
    const activity = {...tool.activity, ...toPolicy(settings ?? {})};
    checkPolicy(`${capability.name}.${name}`, activity);
    return {...common, transport: 'activity', ...(Object.keys(activity).length > 0 && {activity})};
  });
}

/** What a subagent is good for stands where `spawn` names it. */
function subagentEntries({agents = {}}: AgentDefinition): AgentManifest['agents'] {
  return Object.fromEntries(
    Object.entries(agents).map(([name, {description: _, ...entry}]) => [name, entry]),
  );
}

function inputSchema(agent: AgentDefinition, capability: string, name: string, tool: Tool): JsonSchema {
  const {$schema: _, ...schema} = z.toJSONSchema(tool.input, {io: 'input'}) as JsonSchema;
  return capability === 'subagents' && name === 'spawn' ? withAgentNames(schema, agent) : schema;
}

function checkNative(capability: string, name: string): void {
  if (nativeTools.has(`${capability}.${name}`)) return;
  throw new AgentDefinitionError(
    `${capability}.${name} cannot run inside the workflow: only ${[...nativeTools].join(' and ')} can. Give it a run function.`,
  );
}

function checkToolActivity(agent: AgentDefinition): void {
  for (const [capability, tools] of Object.entries(agent.toolActivity ?? {})) {
    const known = capabilitiesOf(agent).find(({name}) => name === capability)?.tools ?? {};
    const unknown = Object.keys(tools).find((name) => !(name in known));
    if (unknown)
      throw new AgentDefinitionError(
        `toolActivity names ${capability}.${unknown}, which the agent does not have.`,
      );
  }
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
