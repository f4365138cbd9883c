import {sha256} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';
import type {ToolDescription} from './model-step.ts';
import type {TranscriptMessage} from './transcript.ts';

/**
 * Digest of what every step of an agent starts with. Equal for all runs of the same agent, so that a worker
 * which knows the agent needs to ask for nothing.
 *
 * @returns 32 hexadecimal digits
 */
export function instructionsDigest(instructions: string, tools: readonly ToolDescription[]): string {
  return digest(JSON.stringify([instructions, tools]));
}

/** Digest of a prefix with more messages behind it; depends on their order. */
export function extendDigest(prefix: string, messages: readonly TranscriptMessage[]): string {
  return messages.reduce((before, message) => digest(before + JSON.stringify(message)), prefix);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 16));
}
