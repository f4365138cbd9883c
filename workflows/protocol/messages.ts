import type {QueryDefinition} from '@temporalio/common';
import type {AgentManifest} from './manifest.ts';
import type {TranscriptPage} from './transcript.ts';

// Plain objects, as `defineQuery` makes them: a client would otherwise load all of `@temporalio/workflow`.

/** The transcript from message `from` on, in pages of at most 1 MB. Adds no event to the history. */
export const transcriptQuery = {type: 'query', name: 'transcript'} as QueryDefinition<
  TranscriptPage,
  [from: number]
>;

/** The manifest that a run was started with, at most 1 MB; only where it was started with a whole one. */
export const manifestQuery = {type: 'query', name: 'manifest'} as QueryDefinition<AgentManifest>;

/** Every program of the run with its calls and where they stand, for the app and for people. */
export const programsQuery = {type: 'query', name: 'programs'} as QueryDefinition<ProgramTrace[]>;

/** One `run_ptc` call as it stands now. */
export interface ProgramTrace {
  callId: string;
  source: string;
  calls: ProgramCallTrace[];
}

/** One call of a program. Line and column count from 1. */
interface ProgramCallTrace {
  index: number;
  tool: string;
  position: {line: number; column: number};
  status: 'waiting' | 'running' | 'returned' | 'failed' | 'cancelled';
  /** The result or the failure's message, clipped to a few hundred characters. */
  summary?: string;
}
