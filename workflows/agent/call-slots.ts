import {condition, sleep, workflowInfo} from '@temporalio/workflow';
import {maximumCallsInFlight, maximumTaskBytes} from '../protocol/limits.ts';

/**
 * Admits calls in the order in which they ask, so that no more than 64 are in flight and no workflow task carries
 * more than 2 MB of arguments: a real server terminates or wedges a run beyond its own limits.
 */
export class CallSlots {
  readonly #waiting: symbol[] = [];
  #inFlight = 0;
  #task = {historyLength: -1, bytes: 0};

  /** Runs `call` once there is a slot for it and room in the workflow task for its `bytes` of arguments. */
  async run<T>(bytes: number, call: () => Promise<T>): Promise<T> {
    await this.#enter(bytes);
    try {
      return await call();
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #enter(bytes: number): Promise<void> {
    if (this.#waiting.length > 0 || this.#inFlight >= maximumCallsInFlight || !this.#fits(bytes)) {
      await this.#wait(bytes);
    }
    this.#inFlight += 1;
    this.#task.bytes += bytes;
  }

  async #wait(bytes: number): Promise<void> {
    const turn = Symbol('a call that waits');
    this.#waiting.push(turn);
    try {
      await condition(() => this.#waiting[0] === turn && this.#inFlight < maximumCallsInFlight);
      // A timer ends this workflow task; the next one has room.
      while (!this.#fits(bytes)) await sleep(1);
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(turn), 1);
    }
  }

  #fits(bytes: number): boolean {
    const {historyLength} = workflowInfo();
    if (historyLength !== this.#task.historyLength) this.#task = {historyLength, bytes: 0};
    return this.#task.bytes === 0 || this.#task.bytes + bytes <= maximumTaskBytes;
  }
}
