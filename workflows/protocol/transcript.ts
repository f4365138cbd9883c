import type {HeldManifest} from './held-manifest.ts';
import type {JsonObject, JsonValue} from './json.ts';
import type {ToolDescription} from './manifest.ts';
import type {ToolFailure} from './tool-call.ts';

/** What an agent's conversation consists of, in order. */
export type TranscriptMessage = UserMessage | AssistantMessage | ToolMessage;

export interface UserMessage {
  role: 'user';
  content: string;
}

/** One model step's answer: text, tool calls, or both. */
export interface AssistantMessage {
  role: 'assistant';
  content: string;
  /** In the order in which the model made them; their ids follow from turn and position. */
  toolCalls: ToolCallRequest[];
  /** What a provider needs back verbatim on the next step (reasoning items, signatures). Opaque to everyone else. */
  providerState?: JsonValue;
}

/** A tool call as the model asked for it. Nothing about it has been checked. */
export interface ToolCallRequest {
  /** Ours, e.g. `t1.c2`; providers translate it to their own alphabet. */
  id: string;
  name: string;
  /** The parsed arguments; a text, or its beginning, where they are none that a tool could take. */
  input: JsonObject | string;
  /** Then a sentence that tells the model what is wrong with them. */
  problem?: string;
}

/** What came of one tool call. */
export interface ToolMessage {
  role: 'tool';
  callId: string;
  name: string;
  /** Exactly one of `result` and `failure` is present. */
  result?: JsonValue;
  failure?: ToolFailure;
}

/** A whole transcript, or a page of it: messages from index `from` on. */
export interface TranscriptPage {
  instructions: string;
  tools: ToolDescription[];
  /** Where instructions and tools are, if they are not here. */
  held?: {manifest: HeldManifest; agent: string};
  from: number;
  messages: TranscriptMessage[];
  /** Messages in all; there is another page where `from + messages.length` is less. */
  total: number;
}
