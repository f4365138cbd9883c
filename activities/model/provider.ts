import type {ToolDescription} from '../../workflows/protocol/manifest.ts';
import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';

/** One small interface that every model stands behind: scripted, OpenAI, Anthropic. */
export interface ModelProvider {
  /**
   * Asks the model for one step.
   *
   * @throws a Temporal `ApplicationFailure` that says whether another attempt can help; every provider's own errors
   * are classified before they leave it. Where `context.signal` is aborted, its reason is thrown instead.
   */
  request(request: ModelRequest, context: ModelContext): Promise<ModelStepResult>;
}

/** A whole model step: the cached prefix and what is new, put together. */
export interface ModelRequest {
  /** Without the provider's prefix, e.g. `gpt-5.5`. */
  model: string;
  /** Name of the (sub)agent that asks. */
  agent: string;
  /** From 1; the ids of the answer's tool calls are made from it. */
  turn: number;
  instructions: string;
  tools: readonly ToolDescription[];
  messages: readonly TranscriptMessage[];
}

/** What a provider may do besides answering. */
export interface ModelContext {
  /** Aborts the request at once when the step is cancelled or its worker shuts down. */
  signal: AbortSignal;
  /** Told of each piece of text as it arrives. */
  onText(text: string): void;
}
