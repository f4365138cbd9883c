import type {Update} from '../run/pending.ts';
import type {Payloads} from '../wire/proto.ts';

/** The answer to a query: a payload, or a failure. */
export type QueryAnswer = {result: Payloads | null | undefined};

/** A query that waits for a worker's answer. */
export interface Query {
  readonly id: string;
  readonly query: NonNullable<import('@temporalio/proto').temporal.api.query.v1.IWorkflowQuery>;
  sent: boolean;
  resolve(answer: QueryAnswer): void;
  reject(error: Error): void;
}

/** Somebody who waits for what becomes of an update. */
interface UpdateWaiter {
  /** The life-cycle stage that is waited for. */
  readonly stage: number;
  /** Gets the update once it has reached the stage, or was given up. */
  resolve(update: Readonly<Update>): void;
}

/** What belongs to a run only while this process lives. */
export interface LiveRun {
  readonly queries: Map<string, Query>;
  readonly updateWaiters: Map<string, UpdateWaiter[]>;
  /** Called after every commit that adds to the run's history. */
  readonly watchers: Set<() => void>;
  /** When the run is next woken. */
  alarm: {readonly at: number; cancel(): void} | undefined;
}

/** @returns a live run that nobody waits for yet */
export function createLiveRun(): LiveRun {
  return {queries: new Map(), updateWaiters: new Map(), watchers: new Set(), alarm: undefined};
}

/** @returns whether nobody waits for anything of the run */
export function isIdle({queries, updateWaiters, watchers, alarm}: LiveRun): boolean {
  return queries.size === 0 && updateWaiters.size === 0 && watchers.size === 0 && !alarm;
}
