/** Who polls a task queue. */
export interface PollerIdentity {
  readonly identity: string;
  readonly workerInstanceKey: string;
  readonly buildId: string;
  /** Whether the queue polled is a sticky one: its worker has the history already. */
  readonly sticky: boolean;
}

/** Hands a task to a poller. @returns what the poller gets, or undefined where the task is no longer wanted */
export type StartTask<Task, Response> = (task: Task, poller: PollerIdentity) => Response | undefined;

interface Waiting<Response> {
  readonly poller: PollerIdentity;
  resolve(response: Response | undefined): void;
}

/** Tasks and pollers of one queue, matched first come, first served. */
export class TaskQueue<Task, Response> {
  readonly #start: StartTask<Task, Response>;
  #tasks: Task[] = [];
  readonly #waiting: Waiting<Response>[] = [];
  readonly #polls = new Map<string, {poller: PollerIdentity; at: number}>();

  constructor(start: StartTask<Task, Response>) {
    this.#start = start;
  }

  get backlog(): number {
    return this.#tasks.length;
  }

  /** Puts a task at the end of the queue; a waiting poller gets it at once. */
  add(task: Task): void {
    this.#tasks.push(task);
    this.match();
  }

  /**
   * Waits for a task.
   *
   * @param resolve gets the started task, or undefined where the queue lets its pollers go
   * @returns a function that takes the poller back
   */
  poll(poller: PollerIdentity, now: number, resolve: (response: Response | undefined) => void): () => void {
    this.#polls.set(`${poller.identity} ${poller.workerInstanceKey}`, {poller, at: now});
    const waiting = {poller, resolve};
    this.#waiting.push(waiting);
    this.match();
    return () => {
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  }

  /** Lets the waiting pollers of a worker go with nothing. */
  release(workerInstanceKey: string): void {
    const released = this.#waiting.filter(({poller}) => poller.workerInstanceKey === workerInstanceKey);
    for (const waiting of released) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve(undefined);
    }
    for (const [key, {poller}] of this.#polls) {
      if (poller.workerInstanceKey === workerInstanceKey) this.#polls.delete(key);
    }
  }

  /** @returns whether somebody polls, or polled after `since` (milliseconds since the epoch) */
  hasPollers(since: number): boolean {
    if (this.#waiting.length > 0) return true;
    for (const {at} of this.#polls.values()) if (at > since) return true;
    return false;
  }

  /** @returns who polled last and when, latest first */
  pollers(): {poller: PollerIdentity; at: number}[] {
    return [...this.#polls.values()].sort((a, b) => b.at - a.at);
  }

  /** Empties the queue. @returns what was in it */
  takeAll(): Task[] {
    const tasks = this.#tasks;
    this.#tasks = [];
    return tasks;
  }

  /** Hands out what waits to those who wait. @throws what starting a task throws; the task stays first */
  match(): void {
    while (this.#tasks.length > 0) {
      const waiting = this.#waiting[0];
      if (!waiting) return;
      const response = this.#startFirst(waiting.poller);
      if (response === undefined) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.resolve(response);
    }
  }

  #startFirst(poller: PollerIdentity): Response | undefined {
    const task = this.#tasks.shift() as Task;
    try {
      return this.#start(task, poller);
    } catch (error) {
      this.#tasks.unshift(task);
      throw error;
    }
  }
}
