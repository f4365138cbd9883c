import type {GrowingHistory} from '../run/draft-history.ts';
import {fieldsOf, type RunDraft} from '../run/run-draft.ts';
import {isRunning, type Namespace, type RunState} from '../run/run-state.ts';
import type {DraftOfRun, Store} from './store.ts';

/** Keeps runs for as long as the process lives. */
export class MemoryStore implements Store {
  readonly #latest = new Map<string, RunState>();
  readonly #runs = new Map<string, RunState>();
  readonly #namespaces = new Map<string, Namespace>();

  find(namespace: string, workflowId: string, runId: string): RunState | undefined {
    if (!runId) return this.#latest.get(key(namespace, workflowId));
    const run = this.#runs.get(runId);
    return run && run.workflowId === workflowId && run.namespace.name === namespace ? run : undefined;
  }

  all(namespace: string): RunState[] {
    return [...this.#runs.values()].filter((run) => run.namespace.name === namespace).reverse();
  }

  open(): RunState[] {
    return [...this.#runs.values()].filter(isRunning);
  }

  commit(drafts: readonly DraftOfRun[]): void {
    for (const {state, draft} of drafts) {
      writeInto(state, draft);
      if (!this.#runs.has(state.runId)) this.add(state);
    }
  }

  delete(run: RunState): void {
    this.#runs.delete(run.runId);
    const id = key(run.namespace.name, run.workflowId);
    if (this.#latest.get(id) === run) this.#latest.delete(id);
  }

  namespaces(): Namespace[] {
    return [...this.#namespaces.values()];
  }

  addNamespace(namespace: Namespace): void {
    this.#namespaces.set(namespace.name, namespace);
  }

  close(): void {}

  /** Takes in a run that is committed. */
  protected add(run: RunState, isLatest = true): void {
    this.#runs.set(run.runId, run);
    if (isLatest) this.#latest.set(key(run.namespace.name, run.workflowId), run);
  }
}

const collections = ['activities', 'timers', 'children', 'externals', 'updates', 'signalRequestIds'] as const;

function writeInto(state: RunState, draft: RunDraft): void {
  Object.assign(state, fieldsOf(draft));
  if (draft.workflowTask) Object.freeze(draft.workflowTask);
  // Everybody else sees a run as read-only; this is the one place that writes it.
  const history = state.history as GrowingHistory;
  for (const event of draft.history.added) history.push(event);
  for (const name of collections) draft[name].commit(state[name] as Map<never, never>);
}

function key(namespace: string, workflowId: string): string {
  return `${namespace}\n${workflowId}`;
}
