import type {StreamedText} from '../../workflows/protocol/model-step.ts';
import type {HistoryEvent} from '../history/event.ts';
import type {RunForest} from '../history/run-tree.ts';
import type {RunReference, RunResult} from '../session/session.ts';

/** What a one-shot command says. One implementation writes text for people, the other JSON lines. */
export interface Printer {
  /** A run has started. */
  run(run: RunReference, server: ServerLine): void;
  /** Something happened to it. */
  event(event: HistoryEvent, forest: RunForest): void;
  /**
   * A model has said more.
   *
   * @param step tells the model steps of a run and its subagents apart
   */
  text(step: string, streamed: StreamedText): void;
  /** It is over. */
  result(outcome: Outcome): void;
  /** Something else that a command has to say: an object for programs, words for people. */
  note(line: {type: string} & Readonly<Record<string, unknown>>, words: string): void;
  /** What a person should know of a run that goes on; programs are not told. */
  warning(words: string): void;
  /** It ended before there was a result. */
  error(error: {code: number; message: string}): void;
}

export interface ServerLine {
  kind: 'embedded' | 'dev-server' | 'existing';
  address: string;
  why: string;
  taskQueue: string;
  webUrl?: string;
}

export interface Outcome {
  workflowId: string;
  result: RunResult;
  forest: RunForest;
  /** Paths in the sandbox that the run left or changed, sorted. */
  files: readonly string[];
  /** What a scenario or a command has to say at the end, e.g. that a scenario did not end as it declares. */
  remarks: readonly string[];
  /** Whether the tree names the worker of each workflow and activity. */
  workers?: boolean;
}
