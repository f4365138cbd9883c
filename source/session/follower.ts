import {setTimeout as delay} from 'node:timers/promises';
import type {Client, Connection} from '@temporalio/client';
import type {ServerConnection} from '../backend/connection.ts';
import type {HistoryEvent} from '../history/event.ts';
import {resetRun} from './current-runs.ts';
import {decodeEvent} from './decode-event.ts';
import {type Execution, historyPages} from './history-pages.ts';
import {runResult} from './run-result.ts';
import {followErrorWords, isPassing} from './server-error.ts';
import type {RunResult, SessionUpdate} from './session.ts';
import {startedBy} from './started-by.ts';

/** Milliseconds until a call that failed for now is tried again. */
const reconnectDelay = 500;

/** Follows runs and everything that they start, and reports what happens. */
export class Follower {
  readonly #client: Client;
  readonly #connection: Connection;
  readonly #server: ServerConnection;
  readonly #signal: AbortSignal;
  readonly #report: (update: SessionUpdate) => void;
  readonly #followed = new Set<string>();
  /** By run id: the run that goes on with it, where its history names one that was reset since. */
  readonly #next = new Map<string, Execution>();

  constructor(
    client: Client,
    server: ServerConnection,
    signal: AbortSignal,
    report: (update: SessionUpdate) => void,
  ) {
    this.#client = client;
    this.#connection = client.connection as Connection;
    this.#server = server;
    this.#signal = signal;
    this.#report = report;
  }

  /**
   * Follows a root run; reports `closed` when it and all its descendants have ended.
   *
   * @param chain its runs so far, oldest first
   */
  async followRoot(chain: readonly Execution[]): Promise<void> {
    const [root] = chain;
    if (!root) return;
    for (const [index, next] of chain.slice(1).entries()) this.#next.set(chain[index]?.runId ?? '', next);
    const result = await this.#follow(root);
    if (result) this.#report({type: 'closed', workflowId: root.workflowId, result});
  }

  async #follow(execution: Execution): Promise<RunResult | undefined> {
    if (this.#followed.has(execution.runId)) return undefined;
    this.#followed.add(execution.runId);
    const descendants: Promise<unknown>[] = [];
    let result: RunResult | undefined;
    for await (const event of this.#events(execution)) {
      const next = startedBy(event);
      if (next?.workflowId === execution.workflowId)
        result = await this.#follow(this.#next.get(execution.runId) ?? next);
      else if (next) descendants.push(this.#follow(next));
      result ??= runResult(event);
    }
    await Promise.all(descendants);
    const reset = result?.status === 'terminated' && (await this.#resetOf(execution));
    return reset ? this.#follow(reset) : result;
  }

  /** A run that is reset while it is followed is terminated, and another one goes on. */
  async #resetOf(execution: Execution): Promise<Execution | undefined> {
    // Where it cannot be found out, the run is over for whoever follows.
    const reset = await resetRun(this.#client, execution).catch(() => undefined);
    return reset && !this.#followed.has(reset.runId) ? reset : undefined;
  }

  /** Every event once, through any number of lost connections. */
  async *#events(execution: Execution): AsyncGenerator<HistoryEvent> {
    let seen = 0;
    while (!this.#signal.aborted) {
      try {
        const {namespace} = this.#server;
        for await (const page of historyPages(this.#connection, namespace, execution, this.#signal)) {
          const events = page
            .map((event) => decodeEvent(execution.workflowId, execution.runId, event))
            .filter(({eventId}) => eventId > seen);
          if (events.length === 0) continue;
          seen = events.at(-1)?.eventId ?? seen;
          this.#report({type: 'events', workflowId: execution.workflowId, events});
          yield* events;
        }
        return;
      } catch (error) {
        if (!(await this.#survives(error, execution))) return;
      }
    }
  }

  /** Whether following can go on after an error; waits a little where it can. */
  async #survives(error: unknown, {workflowId, runId}: Execution): Promise<boolean> {
    if (this.#signal.aborted) return false;
    if (!isPassing(error)) {
      // Somebody may attach to it again.
      this.#followed.delete(runId);
      const message = followErrorWords(error, this.#server.address);
      this.#report({type: 'unfollowable', workflowId, message});
      return false;
    }
    await delay(reconnectDelay, undefined, {signal: this.#signal}).catch(() => undefined);
    return true;
  }
}
