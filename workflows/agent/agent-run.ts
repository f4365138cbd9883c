import {ApplicationFailure, workflowInfo} from '@temporalio/workflow';
import type {AgentInput} from '../protocol/agent.ts';
import {failureTypes} from '../protocol/failures.ts';
import {type HeldManifest, isHeld} from '../protocol/held-manifest.ts';
import type {JsonObject} from '../protocol/json.ts';
import {maximumTurnHistoryLength} from '../protocol/limits.ts';
import {
  type AgentManifest,
  type ManifestOutline,
  supportedManifestVersions,
  type ToolOutline,
} from '../protocol/manifest.ts';
import type {ProgramTrace} from '../protocol/messages.ts';
import type {NativeToolName} from '../protocol/native-tools.ts';
import type {ToolCall, ToolOutcome} from '../protocol/tool-call.ts';
import type {UserMessage} from '../protocol/transcript.ts';
import {CallSlots} from './call-slots.ts';
import {Conversation, type ConversationStart} from './conversation.ts';
import {Definitions} from './definitions.ts';
import {ProgramSteps} from './program-steps.ts';

/** Steps of all programs of one agent together, where the manifest doesn't say. */
const defaultProgramSteps = 30_000_000;

/** The state of one agent while its workflow runs. */
export interface AgentRun {
  readonly manifest: ManifestOutline;
  readonly definitions: Definitions;
  /** Name of the agent, as the manifest or `manifest.agents` has it. */
  readonly agent: string;
  readonly model: string;
  readonly depth: number;
  readonly tools: ReadonlyMap<string, ToolOutline>;
  readonly conversation: Conversation;
  readonly slots: CallSlots;
  /** Every program of the run, in program order. */
  readonly programs: ProgramTrace[];
  /** What has been used of the run's limits. */
  readonly used: {calls: number};
  readonly programSteps: ProgramSteps;
  readonly nativeTools: NativeTools;
}

/** A tool that is implemented inside the workflow. Errors that it throws are treated as a tool's own. */
export type NativeTool = (context: NativeToolContext) => Promise<ToolOutcome>;

/** The implementation of every native tool. */
export type NativeTools = {readonly [Name in NativeToolName]: NativeTool};

/** What a native tool works with. */
export interface NativeToolContext {
  run: AgentRun;
  call: ToolCall & {input: JsonObject};
  /** Crosses the same durable boundary as the model's own calls. */
  callTool(call: ToolCall): Promise<ToolOutcome>;
}

/**
 * Makes the state of a run from the workflow's input.
 *
 * @param manifest of the input, or what was fetched for it
 */
export function openRun(input: AgentInput, manifest: ManifestOutline, nativeTools: NativeTools): AgentRun {
  const {agent, depth, resume} = input;
  const subagent = depth > 0 ? manifest.agents[agent] : undefined;
  const conversation = new Conversation(startOf(input));
  const prompt: UserMessage = {role: 'user', content: input.prompt};
  conversation.resume([...(input.earlier ?? []), prompt, ...(resume?.transcript ?? [])]);
  return {
    manifest,
    definitions: new Definitions(input.manifest, manifest),
    agent,
    model: subagent?.model ?? manifest.model,
    depth,
    tools: new Map(manifest.tools.map((tool) => [tool.name, tool])),
    conversation,
    slots: new CallSlots(),
    programs: [],
    used: {calls: resume?.calls ?? 0},
    programSteps: new ProgramSteps(manifest.limits.programSteps ?? defaultProgramSteps, resume?.programSteps),
    nativeTools,
  };
}

function startOf({manifest, agent, depth}: AgentInput): ConversationStart {
  if (isHeld(manifest)) return {held: {manifest, agent}};
  const tools = manifest.tools.map(({name, description, input}) => ({name, description, input}));
  const subagent = depth > 0 ? manifest.agents[agent] : undefined;
  return {instructions: subagent?.instructions ?? manifest.instructions, tools};
}

/** @throws an `ApplicationFailure` of type `UnsupportedManifest` */
export function checkVersion({version}: Pick<AgentManifest | HeldManifest, 'version'>): void {
  if (supportedManifestVersions.includes(version)) return;
  const known = supportedManifestVersions.join(', ');
  throw ApplicationFailure.nonRetryable(
    `The agent's manifest has version ${version}; this worker knows version ${known}. Use a worker of the release that started the run.`,
    failureTypes.unsupportedManifest,
  );
}

/** Refuses a call, so that its turn ends and the run can go on with a fresh history. */
export class HistoryFull extends Error {
  override name = failureTypes.limit;
}

/** @throws HistoryFull where one more call could take the history beyond what a server bears */
export function checkHistory({manifest}: AgentRun): void {
  const maximum = manifest.limits.turnEvents ?? maximumTurnHistoryLength;
  if (workflowInfo().historyLength < maximum) return;
  throw new HistoryFull(
    `This turn's calls have filled the run's history (${maximum} events). Make the other calls in the next turn.`,
  );
}

/** The failure that ends a run which has used up one of its limits. */
export function limitExceeded(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, failureTypes.limit);
}
