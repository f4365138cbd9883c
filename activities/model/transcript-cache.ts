import type {ToolDescription} from '../../workflows/protocol/manifest.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';

/** What comes before a model step's own messages. */
export interface TranscriptPrefix {
  instructions: string;
  tools: readonly ToolDescription[];
  messages: readonly TranscriptMessage[];
}

/** Prefixes by their digest. */
export interface TranscriptCache {
  get(digest: string): TranscriptPrefix | undefined;
  set(digest: string, prefix: TranscriptPrefix): void;
}

/**
 * A cache that forgets what was used least recently; a step whose prefix is gone asks its workflow.
 *
 * @param capacity prefixes to keep; they share their messages
 */
export function createTranscriptCache(capacity: number): TranscriptCache {
  const prefixes = new Map<string, TranscriptPrefix>();
  const set = (digest: string, prefix: TranscriptPrefix): void => {
    prefixes.delete(digest);
    prefixes.set(digest, prefix);
    if (prefixes.size > capacity) prefixes.delete(prefixes.keys().next().value as string);
  };
  return {
    set,
    get(digest) {
      const prefix = prefixes.get(digest);
      if (prefix) set(digest, prefix);
      return prefix;
    },
  };
}
