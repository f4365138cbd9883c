import {statSync} from 'node:fs';
import {isRunning, type Namespace, type RunState} from '../run/run-state.ts';
import {type Durability, openDatabase} from './database.ts';
import {MemoryStore} from './memory.ts';
import {restoreRuns} from './restore-runs.ts';
import type {DraftOfRun} from './store.ts';
import {StoreError} from './store-error.ts';
import {StoreFile} from './store-file.ts';
import {StoredHistory} from './stored-history.ts';

// How often it is looked whether the file is still where it was, in milliseconds.
const lookInterval = 1000;

/**
 * Keeps runs in a file. Every commit is in the file before anybody sees it. In memory are the runs with what is pending in
 * them, and the events of open runs since the server started; everything else is read when somebody asks for it.
 */
export class SqliteStore extends MemoryStore {
  readonly #path: string;
  readonly #inode: number;
  readonly #now: () => number;
  readonly #file: StoreFile;
  readonly #numbers = new Map<string, number>();
  #lastNumber = 0;
  #lookedAt = 0;
  #gone = false;

  /**
   * @param path absolute; the file is made where it is missing
   * @param now milliseconds since the epoch
   * @throws StoreError where the file cannot be used
   */
  constructor(path: string, durability: Durability, now: () => number) {
    super();
    this.#path = path;
    this.#now = now;
    this.#file = new StoreFile(openDatabase(path, durability));
    this.#inode = statSync(path).ino;
    this.#guarded(() => this.#restore());
  }

  override commit(drafts: readonly DraftOfRun[]): void {
    this.#checkIsThere();
    const news = drafts.filter(({state}) => !this.#numbers.has(state.runId));
    const numbers = new Map(news.map(({state}, index) => [state.runId, this.#lastNumber + 1 + index]));
    this.#guarded(() => this.#write(drafts, numbers));
    this.#lastNumber += news.length;
    for (const {state} of news) this.#number(state, numbers.get(state.runId) as number);
    super.commit(drafts);
    for (const {state} of drafts) if (!isRunning(state)) release(state);
  }

  override delete(run: RunState): void {
    const number = this.#numbers.get(run.runId);
    if (number === undefined) return;
    this.#guarded(() => this.#file.transact(() => this.#file.deleteRun(number, run)));
    this.#numbers.delete(run.runId);
    super.delete(run);
  }

  override addNamespace(namespace: Namespace): void {
    this.#guarded(() => this.#file.insertNamespace(namespace));
    super.addNamespace(namespace);
  }

  override close(): void {
    this.#file.close();
  }

  #restore(): void {
    for (const namespace of this.#file.namespaces()) super.addNamespace(namespace);
    const latest = this.#file.latest();
    for (const {number, run} of restoreRuns(this.#file)) {
      this.#numbers.set(run.runId, number);
      this.#lastNumber = number;
      this.add(run, latest.has(number));
      if (!isRunning(run)) release(run);
    }
  }

  #write(drafts: readonly DraftOfRun[], numbers: ReadonlyMap<string, number>): void {
    this.#file.transact(() => {
      for (const {state, draft} of drafts) {
        const opened = numbers.get(state.runId);
        if (opened !== undefined) this.#file.insertRun(opened, state);
        this.#file.writeRun(opened ?? (this.#numbers.get(state.runId) as number), draft);
      }
    });
  }

  #number(state: RunState, number: number): void {
    this.#numbers.set(state.runId, number);
    const history = new StoredHistory(0, (from, to) => this.#file.events(number, from, to));
    Object.assign(state, {history});
  }

  // A file that was deleted can still be written, and is gone with the process.
  #checkIsThere(): void {
    const now = this.#now();
    if (!this.#gone && Math.abs(now - this.#lookedAt) >= lookInterval) {
      this.#lookedAt = now;
      this.#gone = statSync(this.#path, {throwIfNoEntry: false})?.ino !== this.#inode;
    }
    if (this.#gone) throw new StoreError('gone', this.#path);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      throw StoreError.of(error, this.#path);
    }
  }
}

/** Forgets what nobody needs of a closed run but from the file. */
function release(run: RunState): void {
  if (run.history instanceof StoredHistory) run.history.release();
  const started = {...run.started, input: null, header: null, lastCompletionResult: null};
  Object.assign(run, {started});
}
