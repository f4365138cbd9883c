import type {HeldManifest} from '../protocol/held-manifest.ts';
import type {ToolDescription} from '../protocol/manifest.ts';
import type {AssistantMessage, TranscriptMessage, TranscriptPage} from '../protocol/transcript.ts';
import {extendDigest, heldInstructionsDigest, instructionsDigest} from '../protocol/transcript-digest.ts';
import {takePage} from '../protocol/transcript-size.ts';

/** What a conversation starts with: instructions and tools, or where they are. */
export type ConversationStart =
  | {instructions: string; tools: ToolDescription[]}
  | {held: {manifest: HeldManifest; agent: string}};

/**
 * The transcript of one agent, and how much of it the workers know: a model step carries only what came after the
 * last answer.
 */
export class Conversation {
  readonly #start: ConversationStart;
  readonly #messages: TranscriptMessage[] = [];
  #known: {digest: string; count: number};

  constructor(start: ConversationStart) {
    this.#start = start;
    this.#known = {digest: startDigest(start), count: 0};
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
      instructions: '',
      tools: [],
      ...(from === 0 && this.#start),
      from,
      messages: takePage(this.#messages.slice(from)),
      total: this.#messages.length,
    };
  }
}

function startDigest(start: ConversationStart): string {
  if ('held' in start) return heldInstructionsDigest(start.held.manifest.digest, start.held.agent);
  return instructionsDigest(start.instructions, start.tools);
}
