import type {AssistantMessage, TranscriptMessage} from './transcript.ts';

/**
 * Input of `model.request`. It carries only what is new since the last step and stands nowhere else in the history: a
 * worker keeps earlier prefixes in a cache and asks the workflow by the `transcript` query for what it does not have.
 */
export interface ModelStepInput {
  model: string;
  turn: number;
  /** Name of the (sub)agent that asks. */
  agent: string;
  /** What came before `messages`: instructions, tools and `count` messages, identified by their digest. */
  prefix: {digest: string; count: number};
  messages: (TranscriptMessage | ResultReference)[];
  /** Of prefix and messages together; present where a message is a reference. */
  digest?: string;
}

/** Stands for a long result, which the history has already: a worker asks the workflow for it by `transcript`. */
export interface ResultReference {
  role: 'tool';
  callId: string;
  name: string;
  /** Encoded size of the result. */
  resultBytes: number;
}

/** Tells a reference from a message that is there. */
export function isReference(message: TranscriptMessage | ResultReference): message is ResultReference {
  return 'resultBytes' in message;
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
