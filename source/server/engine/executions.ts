import type {Run} from '../run/run.ts';

/** Every run that the server has, by workflow id and run id. */
export class Executions {
  readonly #current = new Map<string, Run>();
  readonly #runs = new Map<string, Run>();

  /** Adds a run; it becomes the workflow's current one. */
  add(run: Run): void {
    this.#current.set(key(run.namespace.name, run.workflowId), run);
    this.#runs.set(run.runId, run);
  }

  /**
   * @param runId empty for the workflow's latest run
   * @returns the run, or undefined where there is none
   */
  find(namespace: string, workflowId: string, runId: string): Run | undefined {
    if (!runId) return this.#current.get(key(namespace, workflowId));
    const run = this.#runs.get(runId);
    return run && run.workflowId === workflowId && run.namespace.name === namespace ? run : undefined;
  }

  /** @returns all runs of a namespace, latest first */
  all(namespace: string): Run[] {
    return [...this.#runs.values()].filter((run) => run.namespace.name === namespace).reverse();
  }

  /** Forgets a closed run. */
  delete(run: Run): void {
    this.#runs.delete(run.runId);
    const id = key(run.namespace.name, run.workflowId);
    if (this.#current.get(id) === run) this.#current.delete(id);
  }

  /** @returns all runs of all namespaces */
  values(): Iterable<Run> {
    return this.#runs.values();
  }
}

function key(namespace: string, workflowId: string): string {
  return `${namespace}\n${workflowId}`;
}
