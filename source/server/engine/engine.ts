import {randomUUID} from 'node:crypto';
import type {Clock} from '../clock.ts';
import {Matching, type Starters} from '../matching/matching.ts';
import type {Change, Publication} from '../run/change.ts';
import {nextDeadline, passDeadlines} from '../run/deadlines.ts';
import type {Namespace, RunState} from '../run/run-state.ts';
import type {Store} from '../store/store.ts';
import {StoreError} from '../store/store-error.ts';
import {bringAbout} from './consequences.ts';
import {createLiveRun, isIdle, type LiveRun} from './live-run.ts';
import {Transaction} from './transaction.ts';

// How soon something is tried again that the store could not keep, in milliseconds.
const storeRetryInterval = 1000;

/** What an engine gets from outside. */
export interface EngineParts {
  readonly clock: Clock;
  /** Names of namespaces that there are besides those that the store has. */
  readonly namespaces: readonly string[];
  readonly store: Store;
  /** How tasks are handed to pollers. */
  starters(engine: Engine): Starters;
  /** Lets others see what a committed change means for them. */
  publish(engine: Engine, run: RunState, publication: Publication): void;
}

/** The only way to change a run: decide on drafts, commit them, then let others see. */
export class Engine {
  readonly clock: Clock;
  readonly namespaces: ReadonlyMap<string, Namespace>;
  readonly store: Omit<Store, 'commit'>;
  readonly matching: Matching;
  readonly #store: Store;
  readonly #publishTo: EngineParts['publish'];
  readonly #live = new Map<string, LiveRun>();
  readonly #unpublished: {run: RunState; publication: Publication}[] = [];
  #publishing = false;
  #cancelRetry: (() => void) | undefined;

  constructor({clock, namespaces, store, starters, publish}: EngineParts) {
    this.clock = clock;
    this.store = this.#store = store;
    const known = new Set(store.namespaces().map(({name}) => name));
    for (const name of namespaces) if (!known.has(name)) store.addNamespace({name, id: randomUUID()});
    this.namespaces = new Map(store.namespaces().map((namespace) => [namespace.name, namespace]));
    this.matching = new Matching(starters(this));
    this.#publishTo = publish;
  }

  /**
   * Changes runs, with all that this brings about in others, in one commit. What others get to see of it follows at once,
   * or, where this is called from such a publication, after those that came before.
   *
   * @param decide makes the changes; where it throws nothing has happened
   * @returns what `decide` returns
   */
  transact<Result>(decide: (transaction: Transaction) => Result): Result {
    const now = this.clock.now();
    const transaction = new Transaction({store: this.#store, now, newId: randomUUID, bringAbout});
    const result = decide(transaction);
    transaction.settle();
    const {drafts, publications} = transaction;
    const states = new Map(drafts.map(({state}) => [state.runId, state]));
    const grown = drafts.filter(({draft}) => draft.history.added.length > 0);
    this.#store.commit(drafts);
    for (const {state} of drafts) this.arm(state);
    for (const {state} of grown) this.#notify(state);
    for (const {runId, publication} of publications) {
      const run = states.get(runId);
      if (run) this.#unpublished.push({run, publication});
    }
    this.#publish();
    return result;
  }

  /** Changes one run, see `transact`. */
  change<Result>(run: RunState, decide: (change: Change) => Result): Result {
    return this.transact((transaction) => transaction.change(transaction.draftOf(run), decide));
  }

  /** @returns who waits for what of the run */
  live(run: RunState): LiveRun {
    const known = this.#live.get(run.runId);
    if (known) return known;
    const live = createLiveRun();
    this.#live.set(run.runId, live);
    return live;
  }

  /** Forgets who waited for the run where nobody does any more. */
  release(run: RunState): void {
    const live = this.#live.get(run.runId);
    if (live && isIdle(live)) this.#live.delete(run.runId);
  }

  /**
   * Calls back after every commit that adds to the run's history.
   *
   * @returns a function that ends it
   */
  watch(run: RunState, callback: () => void): () => void {
    // Each caller gets an entry of its own, also where two share a function.
    const watcher = () => callback();
    this.live(run).watchers.add(watcher);
    return () => {
      this.live(run).watchers.delete(watcher);
      this.release(run);
    };
  }

  /** Ends all timers. */
  close(): void {
    for (const {alarm} of this.#live.values()) alarm?.cancel();
    this.#live.clear();
    this.#cancelRetry?.();
    this.#store.close();
  }

  #notify(run: RunState): void {
    for (const callback of [...(this.#live.get(run.runId)?.watchers ?? [])]) callback();
  }

  /** Sets when the run is next woken: after each commit, and for runs of an earlier life of the server. */
  arm(run: RunState): void {
    const at = nextDeadline(run);
    const live = this.live(run);
    if (live.alarm?.at === at) return;
    live.alarm?.cancel();
    live.alarm = undefined;
    if (at < Number.POSITIVE_INFINITY) {
      live.alarm = {at, cancel: this.clock.wakeAt(at, () => this.#wake(run, live))};
    }
    this.release(run);
  }

  #wake(run: RunState, live: LiveRun): void {
    live.alarm = undefined;
    try {
      this.change(run, passDeadlines);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      const at = this.clock.now() + storeRetryInterval;
      live.alarm = {at, cancel: this.clock.wakeAt(at, () => this.#wake(run, live))};
    }
  }

  #publish(): void {
    if (this.#publishing) return;
    this.#publishing = true;
    try {
      for (let next = this.#unpublished.shift(); next; next = this.#unpublished.shift()) {
        this.#publishOne(next.run, next.publication);
      }
    } finally {
      this.#publishing = false;
    }
  }

  #publishOne(run: RunState, publication: Publication): void {
    try {
      this.#publishTo(this, run, publication);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // A task that could not be started stays in its queue.
      this.#cancelRetry?.();
      this.#cancelRetry = this.clock.wakeAt(this.clock.now() + storeRetryInterval, () => this.#retry());
    }
  }

  #retry(): void {
    try {
      this.matching.matchAll();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#cancelRetry = this.clock.wakeAt(this.clock.now() + storeRetryInterval, () => this.#retry());
    }
  }
}
