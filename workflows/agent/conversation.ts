import {extendDigest, instructionsDigest} from '../protocol/digest.ts';
import type {ToolDescription} from '../protocol/model-step.ts';
import type {AssistantMessage, TranscriptMessage, TranscriptPage} from '../protocol/transcript.ts';
import {takePage} from '../protocol/transcript-size.ts';

/**
 * The transcript of one agent, and how much of it the workers know: a model step carries only what came after the
 * last answer.
 */
export class Conversation {
  readonly #instructions: string;
  readonly #tools: ToolDescription[];
  readonly #messages: TranscriptMessage[] = [];
  #known: {digest: string; count: number};

  constructor(instructions: string, tools: ToolDescription[]) {
    this.#instructions = instructions;
    this.#tools = tools;
    this.#known = {digest: instructionsDigest(instructions, tools), count: 0};
  }

  /** The prefix that an earlier step has shown to a worker. */
  get prefix(): {digest: string; count: number} {
    return this.#known;
  }

  get messages(): readonly TranscriptMessage[] {
    return this.#messages;
  }

  /** What came after the prefix. */
  get news(): TranscriptMessage[] {
    return this.#messages.slice(this.#known.count);
  }

  /** Takes over a conversation that went on elsewhere: what its last answer followed, a worker may know already. */
  resume(messages: readonly TranscriptMessage[]): void {
    this.append(...messages);
    const count = messages.findLastIndex(({role}) => role === 'assistant') + 1;
    this.#known = {digest: extendDigest(this.#known.digest, messages.slice(0, count)), count};
  }

  append(...messages: TranscriptMessage[]): void {
    this.#messages.push(...messages);
  }

  /** Appends a step's answer: from here on, the worker that gave it knows the whole transcript. */
  answer(message: AssistantMessage): void {
    this.append(message);
    this.#known = {digest: this.digest, count: this.#messages.length};
  }

  /** Digest of the whole transcript. */
  get digest(): string {
    return extendDigest(this.#known.digest, this.news);
  }

  /** A page of the transcript for a worker that does not know it; changes nothing. */
  page(from: number): TranscriptPage {
    return {
      instructions: this.#instructions,
      tools: from === 0 ? this.#tools : [],
      from,
      messages: takePage(this.#messages.slice(from)),
      total: this.#messages.length,
    };
  }
}
