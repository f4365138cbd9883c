import type {HeldManifest} from './held-manifest.ts';
import type {JsonValue} from './json.ts';
import type {AgentManifest} from './manifest.ts';
import type {TokenUsage} from './model-step.ts';
import type {ProgramOrigin} from './tool-call.ts';
import type {TranscriptMessage} from './transcript.ts';

/** The one argument of the `durableAgent` workflow. */
export interface AgentInput {
  /** Always whole for a root agent, which holds it for its subagents where it is long. */
  manifest: AgentManifest | HeldManifest;
  /** Which agent this is: the manifest's name for a root, a name from `manifest.agents` for a subagent. */
  agent: string;
  /** The task in words; empty where `program` is given. */
  prompt: string;
  /** Runs this program as the agent's only `run_ptc` call, without a model. */
  program?: string;
  /** 0 for a root agent. */
  depth: number;
  /** The call of the parent's program that started this subagent. */
  origin?: ProgramOrigin;
  /** What came before the prompt in a conversation that goes on; at most 1 MB. */
  earlier?: TranscriptMessage[];
  /** Present after continue-as-new: the run goes on where it stood. */
  resume?: AgentProgress;
}

/** What a run takes with it through continue-as-new. */
interface AgentProgress {
  /** Turns that are finished; the next one is `turn + 1`, so that no id repeats. */
  turn: number;
  calls: number;
  /** Steps of its programs; 0 where absent. */
  programSteps?: number;
  usage?: TokenUsage;
  /** The answers and results since the prompt; older ones are gone where all would be larger than 1 MB. */
  transcript: TranscriptMessage[];
}

/** The result of the `durableAgent` workflow. */
export interface AgentResult {
  answer: string;
  /** What a `program` returned. */
  value?: JsonValue;
  /** Tokens of this agent's own steps; absent where the model counts none. */
  usage?: TokenUsage;
}
