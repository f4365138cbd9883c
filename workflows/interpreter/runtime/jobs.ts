/** The program's microtasks, run in the order in which they were added. */
export class JobQueue {
  #jobs: (() => void)[] = [];
  #next = 0;

  get isEmpty(): boolean {
    return this.#jobs.length === 0;
  }

  add(job: () => void): void {
    this.#jobs.push(job);
  }

  take(): (() => void) | undefined {
    const job = this.#jobs[this.#next];
    if (job === undefined) return undefined;
    this.#next += 1;
    if (this.#next === this.#jobs.length) {
      this.#jobs = [];
      this.#next = 0;
    }
    return job;
  }
}
