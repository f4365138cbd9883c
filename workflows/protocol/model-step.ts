import type {JsonObject} from './json.ts';
import type {AssistantMessage, TranscriptMessage} from './transcript.ts';

/**
 * Input of `model.request`. It carries only what is new since the last step: a worker keeps earlier prefixes in a
 * cache and asks the workflow by the `transcript` query for one that it does not have.
 */
export interface ModelStepInput {
  model: string;
  turn: number;
  /** Name of the (sub)agent that asks. */
  agent: string;
  /** What came before `messages`: instructions, tools and `count` messages, identified by their digest. */
  prefix: {digest: string; count: number};
  messages: TranscriptMessage[];
}

/** Result of `model.request`. */
export interface ModelStepResult {
  message: AssistantMessage;
  usage?: TokenUsage;
}

/** Tokens of one model step as the provider counted them. `cached` is a part of `input`. */
export interface TokenUsage {
  input: number;
  cached: number;
  output: number;
}

/** Heartbeat details of a model step in flight: the end of the text so far. */
export interface StreamedText {
  attempt: number;
  /** Characters before `tail`. */
  offset: number;
  /** At most 4 kB. */
  tail: string;
}

/** What a model is told of a tool. */
export interface ToolDescription {
  name: string;
  description: string;
  input: JsonObject;
}
