import {digestOf} from './digest.ts';
import type {AgentManifest, ManifestOutline, ToolEntry, ToolOutline} from './manifest.ts';

/**
 * Stands for a manifest that is too long to travel with every subagent. The run that was started with it holds it:
 * workers ask that run by the `manifest` query, once each, and keep what they get by its digest.
 */
export interface HeldManifest {
  /** Tells it from a whole manifest; see `AgentManifest.version`. */
  version: 2;
  /** Of the whole manifest. */
  digest: string;
  /** The run that has it. */
  holder: {workflowId: string; runId: string};
  /** The model of the agent that starts with this. */
  model: string;
  /** Absent where even this is long: the run then fetches it by an activity. */
  outline?: ManifestOutline;
}

/** What a run fetches of a manifest: what it needs itself, or the tools as models are told of them. */
export type DefinitionsPart = 'outline' | 'tools';

/** Bytes of what a subagent's start carries of its definitions; beyond, they travel by digest. */
export const maximumCarriedBytes = 4000;

/** Tells a manifest that is elsewhere from one that is there. */
export function isHeld(manifest: AgentManifest | HeldManifest): manifest is HeldManifest {
  return 'holder' in manifest;
}

/** Digest of a manifest, as 32 hexadecimal digits. */
export function manifestDigest(manifest: AgentManifest): string {
  return digestOf(JSON.stringify(manifest));
}

/** A manifest without what only models are told. */
export function outlineOf({instructions: _, tools, agents, ...rest}: AgentManifest): ManifestOutline {
  return {
    ...rest,
    tools: tools.map(toolOutline),
    agents: Object.fromEntries(
      Object.entries(agents).map(([name, {model}]) => [name, model === undefined ? {} : {model}]),
    ),
  };
}

/** A tool without what only models are told; the names of its parameters stay, since programs may leave them out. */
export function toolOutline({description: _, input, ...tool}: ToolEntry): ToolOutline {
  const required = Array.isArray(input.required) ? input.required : [];
  const names = Object.keys((input.properties ?? {}) as object);
  return {...tool, parameters: Object.fromEntries(names.map((name) => [name, required.includes(name)]))};
}
