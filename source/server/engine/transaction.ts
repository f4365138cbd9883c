import type {Change, Consequence, Publication} from '../run/change.ts';
import {draftOf, type RunDraft} from '../run/run-draft.ts';
import {createRun, isRunning, type RunStart, type RunState} from '../run/run-state.ts';
import {scheduleWorkflowTask} from '../run/workflow-task.ts';
import type {DraftOfRun, Store} from '../store/store.ts';

/** What a transaction gets from outside. */
export interface TransactionSources {
  readonly store: Pick<Store, 'find'>;
  /** The moment of everything in it, milliseconds since the epoch. */
  readonly now: number;
  newId(): string;
  /** Brings about in other runs what a change of one run means for them. */
  bringAbout(transaction: Transaction, run: RunDraft, consequence: Consequence): void;
}

/** Changes of several runs that belong together: either all of them are committed, or none happened. */
export class Transaction {
  readonly now: number;
  readonly publications: {runId: string; publication: Publication}[] = [];
  readonly #sources: TransactionSources;
  readonly #drafts = new Map<string, DraftOfRun>();
  readonly #changed = new Set<RunDraft>();
  readonly #latest = new Map<string, RunDraft>();
  readonly #consequences: {run: RunDraft; consequence: Consequence}[] = [];

  constructor(sources: TransactionSources) {
    this.#sources = sources;
    this.now = sources.now;
  }

  /** The runs that were changed, not only looked at. */
  get drafts(): DraftOfRun[] {
    return [...this.#drafts.values()].filter(({draft}) => this.#changed.has(draft));
  }

  /**
   * @param runId empty for the workflow's latest run
   * @returns the run as this transaction has it, or undefined where there is none
   */
  find(namespace: string, workflowId: string, runId: string): RunDraft | undefined {
    const opened = runId ? undefined : this.#latest.get(`${namespace}\n${workflowId}`);
    if (opened) return opened;
    const state = this.#sources.store.find(namespace, workflowId, runId);
    return state ? this.draftOf(state) : this.#drafts.get(runId)?.draft;
  }

  /** @returns the run as this transaction has it */
  draftOf(state: RunState): RunDraft {
    const known = this.#drafts.get(state.runId);
    if (known) return known.draft;
    const draft = draftOf(state);
    this.#drafts.set(state.runId, {state, draft});
    return draft;
  }

  /**
   * Changes a run.
   *
   * @param decide makes the change
   * @returns what `decide` returns
   */
  change<Result>(run: RunDraft, decide: (change: Change) => Result): Result {
    const {now, newId} = this.#sources;
    const change: Change = {
      run,
      now,
      consequences: [],
      publications: [],
      needsWorkflowTask: false,
      newId,
    };
    this.#changed.add(run);
    const result = decide(change);
    if (change.needsWorkflowTask && isRunning(run) && run.firstWorkflowTaskAt === undefined) {
      scheduleWorkflowTask(change);
    }
    run.stateTransitions += 1;
    for (const consequence of change.consequences) this.#consequences.push({run, consequence});
    const {runId} = run;
    for (const publication of change.publications) this.publications.push({runId, publication});
    return result;
  }

  /** Opens a run and lets `begin` write its first events. */
  open(start: RunStart, begin: (change: Change) => void): RunDraft {
    const run = this.draftOf(createRun(start, this.now));
    this.#latest.set(`${run.namespace.name}\n${run.workflowId}`, run);
    this.change(run, begin);
    return run;
  }

  /** Brings about what the changes mean for other runs, and what that means in turn. */
  settle(): void {
    for (let next = this.#consequences.shift(); next; next = this.#consequences.shift()) {
      this.#sources.bringAbout(this, next.run, next.consequence);
    }
  }
}
