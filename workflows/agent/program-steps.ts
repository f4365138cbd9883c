import {workflowInfo} from '@temporalio/workflow';
import type {SharedSteps} from '../interpreter/program.ts';

/** Counts the steps of all programs of a run: together they have to leave the workflow task in time, too. */
export class ProgramSteps implements SharedSteps {
  readonly #limit: number;
  #taken: number;
  #task = {historyLength: -1, steps: 0};

  /** @param taken steps that were taken before continue-as-new */
  constructor(limit: number, taken = 0) {
    this.#limit = limit;
    this.#taken = taken;
  }

  get taken(): number {
    return this.#taken;
  }

  sinceYield(): number {
    const {historyLength} = workflowInfo();
    // A timer that fires begins a new workflow task.
    if (historyLength !== this.#task.historyLength) this.#task = {historyLength, steps: 0};
    return this.#task.steps;
  }

  left(): number {
    return this.#limit - this.#taken;
  }

  add(steps: number): void {
    this.#taken += steps;
    this.#task.steps += steps;
  }
}
