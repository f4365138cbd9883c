import type {JsonObject} from '../../workflows/protocol/json.ts';
import type {AnsweredCall} from './conversation.ts';

/** What an answer consists of, in the order in which the model gave it. */
export type AnswerPart = TextPart | VerbatimPart | {kind: 'call'; name: string; arguments: string};

/** What an earlier answer is sent back as; the same order as it was given. */
export type EarlierPart = TextPart | VerbatimPart | {kind: 'call'; call: AnsweredCall};

interface TextPart {
  kind: 'text';
  text: string;
  /** OpenAI's label of a message: commentary or final answer. */
  phase?: string;
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
