import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {AnsweredCall} from './conversation.ts';

/** What an answer consists of, in the order in which the model gave it. */
export type AnswerPart = TextPart | VerbatimPart | CallPart;

/** What an earlier answer is sent back as; the same order as it was given. */
export type EarlierPart = TextPart | VerbatimPart | EarlierCallPart;

interface TextPart {
  kind: 'text';
  text: string;
  /** OpenAI's label of a message: commentary or final answer. */
  phase?: string;
}

/** A call as it came; its arguments are the text that should be a JSON object. */
interface CallPart {
  kind: 'call';
  name: string;
  arguments: string;
  /** What the provider wants back beside the call, such as the signature of the thought behind it. */
  extra?: JsonObject;
}

/** A call on its way back. */
export interface EarlierCallPart {
  kind: 'call';
  call: AnsweredCall;
  extra?: JsonObject;
}

/** Reasoning that only the provider understands. */
interface VerbatimPart {
  kind: 'verbatim';
  item: JsonObject;
}

/** Who gave an answer; its reasoning goes back to nobody else. */
export interface Author {
  provider: string;
  model: string;
}

/** Stands between two texts of one answer, so that they don't run together. */
export const textSeparator = '\n\n';
