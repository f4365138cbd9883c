import {ApplicationFailure, proxyActivities, workflowInfo} from '@temporalio/workflow';
import {classifyCallFailure, failureTypes} from '../protocol/failures.ts';
import {
  type DefinitionsPart,
  type HeldManifest,
  isHeld,
  manifestDigest,
  maximumCarriedBytes,
  outlineOf,
} from '../protocol/held-manifest.ts';
import {definitionsActivityType} from '../protocol/identity.ts';
import {encodedBytes} from '../protocol/limits.ts';
import type {AgentManifest, ManifestOutline, ToolDescription} from '../protocol/manifest.ts';
import {modelActivityOptions} from './activity-policy.ts';

/** What an agent is made of, as far as its run, its programs and its subagents need it. */
export class Definitions {
  readonly #source: AgentManifest | HeldManifest;
  readonly #outline: ManifestOutline;
  #held: HeldManifest | undefined;
  #tools: Promise<ToolDescription[]> | undefined;

  constructor(source: AgentManifest | HeldManifest, outline: ManifestOutline) {
    this.#source = source;
    this.#outline = outline;
  }

  /** What the start of a subagent carries: the manifest if it is short, else the digest of it and who has it. */
  forSubagent(name: string): AgentManifest | HeldManifest {
    this.#held ??= isHeld(this.#source) ? this.#source : hold(this.#source);
    if (!this.#held) return this.#source;
    return {...this.#held, model: this.#outline.agents[name]?.model ?? this.#outline.model};
  }

  /** The tools as models are told of them; one activity where another run holds them. */
  tools(): Promise<ToolDescription[]> {
    const source = this.#source;
    if (!isHeld(source)) return Promise.resolve(source.tools);
    this.#tools ??= fetchPart<ToolDescription[]>(source, 'tools');
    return this.#tools;
  }
}

/** What a run needs of definitions that another one holds; one activity where they didn't travel with its start. */
export async function fetchOutline(manifest: HeldManifest): Promise<ManifestOutline> {
  return manifest.outline ?? fetchPart<ManifestOutline>(manifest, 'outline');
}

/** Undefined for a manifest that is short enough to travel. */
function hold(manifest: AgentManifest): HeldManifest | undefined {
  if (encodedBytes(manifest) <= maximumCarriedBytes) return undefined;
  const {workflowId, runId} = workflowInfo();
  const outline = outlineOf(manifest);
  return {
    version: 2,
    digest: manifestDigest(manifest),
    holder: {workflowId, runId},
    model: manifest.model,
    ...(encodedBytes(outline) <= maximumCarriedBytes && {outline}),
  };
}

async function fetchPart<Part>(manifest: HeldManifest, part: DefinitionsPart): Promise<Part> {
  const {[definitionsActivityType]: fetch} = proxyActivities<{
    [definitionsActivityType](manifest: HeldManifest, part: DefinitionsPart): Promise<Part>;
  }>({...modelActivityOptions({}), activityId: part});
  const {outline: _, ...reference} = manifest;
  try {
    return await fetch(reference, part);
  } catch (error) {
    const known = classifyCallFailure(error);
    if (!known) throw error;
    const {message} = known.kind === 'feedback' ? known.failure : known;
    throw ApplicationFailure.nonRetryable(message, failureTypes.definitions);
  }
}
