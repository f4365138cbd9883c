import {extendDigest, instructionsDigest} from '../../workflows/protocol/transcript-digest.ts';
import type {ModelRequest} from './provider.ts';

/**
 * OpenAI sends requests with the same key to the same machine, where the prompt's start is cached. The key is the
 * same for all steps of a conversation and spreads conversations over machines.
 */
export function promptCacheKey({instructions, tools, messages}: ModelRequest): string {
  return extendDigest(instructionsDigest(instructions, tools), messages.slice(0, 1));
}
