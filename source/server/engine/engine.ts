import {randomUUID} from 'node:crypto';
import type {Clock} from '../clock.ts';
import {Matching} from '../matching/matching.ts';
import type {Change, Effect} from '../run/change.ts';
import {nextDeadline, passDeadlines} from '../run/deadlines.ts';
import {createRun, isRunning, type Namespace, type Run, type RunStart} from '../run/run.ts';
import {scheduleWorkflowTask} from '../run/workflow-task.ts';
import {runEffect} from './effects.ts';
import {Executions} from './executions.ts';

/** Holds the runs and is the only way to change one: decide, commit, then do what follows from it. */
export class Engine {
  readonly clock: Clock;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly executions = new Executions();
  readonly matching = new Matching();
  readonly #alarms = new Map<Run, {at: number; cancel: () => void}>();
  readonly #watchers = new Map<Run, Set<() => void>>();
  readonly #effects: Effect[] = [];
  #running = false;

  constructor(clock: Clock, namespaces: readonly string[]) {
    this.clock = clock;
    this.namespaces = new Map(namespaces.map((name) => [name, {name, id: randomUUID()}]));
  }

  /**
   * Changes a run and commits the change. Effects that the change asks for follow at once, or, where this is called from
   * an effect, after those that were asked for before.
   *
   * @param decide makes the change; it must not throw once it has begun to change the run
   * @returns what `decide` returns
   */
  change<Result>(run: Run, decide: (change: Change) => Result): Result {
    const change: Change = {
      run,
      now: this.clock.now(),
      effects: [],
      needsWorkflowTask: false,
      newId: randomUUID,
    };
    const length = run.history.length;
    const result = decide(change);
    if (change.needsWorkflowTask && isRunning(run) && run.firstWorkflowTaskAt === undefined) {
      scheduleWorkflowTask(change);
    }
    run.stateTransitions += 1;
    this.#arm(run);
    if (run.history.length > length) this.#notify(run);
    this.#effects.push(...change.effects);
    this.#runEffects();
    return result;
  }

  /** Opens a run and lets `begin` write its first events. */
  open(start: RunStart, begin: (change: Change) => void): Run {
    const run = createRun(start, this.clock.now());
    this.executions.add(run);
    this.change(run, begin);
    return run;
  }

  /**
   * Calls back after every commit that adds to the run's history.
   *
   * @returns a function that ends it
   */
  watch(run: Run, callback: () => void): () => void {
    const watchers = this.#watchers.get(run) ?? new Set();
    this.#watchers.set(run, watchers.add(callback));
    return () => {
      watchers.delete(callback);
      if (watchers.size === 0) this.#watchers.delete(run);
    };
  }

  /** Ends all timers. */
  close(): void {
    for (const {cancel} of this.#alarms.values()) cancel();
    this.#alarms.clear();
  }

  #notify(run: Run): void {
    for (const callback of [...(this.#watchers.get(run) ?? [])]) callback();
  }

  #arm(run: Run): void {
    const at = nextDeadline(run);
    const alarm = this.#alarms.get(run);
    if (alarm?.at === at) return;
    alarm?.cancel();
    this.#alarms.delete(run);
    if (at === Number.POSITIVE_INFINITY) return;
    const cancel = this.clock.wakeAt(at, () => {
      this.#alarms.delete(run);
      this.change(run, passDeadlines);
    });
    this.#alarms.set(run, {at, cancel});
  }

  #runEffects(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let effect = this.#effects.shift(); effect; effect = this.#effects.shift())
        runEffect(this, effect);
    } finally {
      this.#running = false;
    }
  }
}
