import {digestOf} from './digest.ts';
import type {ToolDescription} from './manifest.ts';
import type {TranscriptMessage} from './transcript.ts';

/**
 * Digest of what every step of an agent starts with. Equal for all runs of the same agent, so that a worker
 * which knows the agent needs to ask for nothing.
 *
 * @returns 32 hexadecimal digits
 */
export function instructionsDigest(instructions: string, tools: readonly ToolDescription[]): string {
  return digestOf(JSON.stringify([instructions, tools]));
}

/** The same for an agent whose definitions are held elsewhere: what names them stands for them. */
export function heldInstructionsDigest(manifestDigest: string, agent: string): string {
  return digestOf(JSON.stringify([manifestDigest, agent]));
}

/** Digest of a prefix with more messages behind it; depends on their order. */
export function extendDigest(prefix: string, messages: readonly TranscriptMessage[]): string {
  return messages.reduce((before, message) => digestOf(before + JSON.stringify(message)), prefix);
}
