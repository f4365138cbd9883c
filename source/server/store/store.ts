import type {RunDraft} from '../run/run-draft.ts';
import type {Namespace, RunState} from '../run/run-state.ts';

/** A run and what a change makes of it; the run is empty where the change opens it. */
export interface DraftOfRun {
  readonly state: RunState;
  readonly draft: RunDraft;
}

/** Where runs are kept. What it hands out is as committed last, and follows later commits. */
export interface Store {
  /**
   * @param runId empty for the workflow's latest run
   * @returns the run, or undefined where there is none
   */
  find(namespace: string, workflowId: string, runId: string): RunState | undefined;
  /** @returns all runs of a namespace, latest first */
  all(namespace: string): RunState[];
  /** @returns all open runs of all namespaces */
  open(): RunState[];
  /**
   * Writes down changes that belong together. A run that is new becomes its workflow's latest one.
   *
   * @throws where they cannot be kept; then none of them is
   */
  commit(drafts: readonly DraftOfRun[]): void;
  /** Forgets a closed run. */
  delete(run: RunState): void;
  /** @returns the namespaces that were added, in this life of the server or an earlier one */
  namespaces(): Namespace[];
  addNamespace(namespace: Namespace): void;
  /** Frees what the store holds; it is not used after that. */
  close(): void;
}
