import type {DatabaseSync, StatementSync} from 'node:sqlite';
import type {RunDraft} from '../run/run-draft.ts';
import type {Namespace, RunState} from '../run/run-state.ts';
import {type HistoryEvent, temporal} from '../wire/proto.ts';
import {fieldsToText} from './stored-fields.ts';
import {type Pending, pendingCodecs, pendingKinds} from './stored-pending.ts';

const {History} = temporal.api.history.v1;

/** What is written of a run besides its events and what is pending. */
export interface RunRow {
  readonly number: number;
  readonly namespace: string;
  readonly workflow_id: string;
  readonly run_id: string;
  readonly length: number;
  readonly fields: string;
}

/** What is written of one thing that is pending. */
export interface PendingRow {
  readonly number: number;
  readonly kind: keyof Pending;
  readonly key: string;
  readonly entity: string;
}

type Row = Record<string, unknown>;

/** The statements that a store's file is read and written with. Runs go by the number that they were given. */
export class StoreFile {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Does all of it or, where it throws, none. */
  transact(write: () => void): void {
    this.#run('BEGIN IMMEDIATE');
    try {
      write();
      this.#run('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#run('ROLLBACK');
      throw error;
    }
  }

  insertRun(number: number, {namespace, workflowId, runId}: RunState): void {
    this.#run("INSERT INTO runs VALUES (?, ?, ?, ?, 0, 0, '')", number, namespace.name, workflowId, runId);
    this.#run('INSERT OR REPLACE INTO latest_runs VALUES (?, ?, ?)', namespace.name, workflowId, number);
  }

  writeRun(number: number, draft: RunDraft): void {
    const {closedAt, history} = draft;
    const update = 'UPDATE runs SET closed_at = ?, length = ?, fields = ? WHERE number = ?';
    this.#run(update, closedAt, history.length, fieldsToText(draft), number);
    this.#writeEvents(number, history.length - history.added.length + 1, history.added);
    for (const kind of pendingKinds) this.#writePending(number, draft, kind);
  }

  deleteRun(number: number, {namespace, workflowId}: RunState): void {
    for (const table of ['runs', 'events', 'pending'])
      this.#run(`DELETE FROM ${table} WHERE number = ?`, number);
    const latest = 'DELETE FROM latest_runs WHERE namespace = ? AND workflow_id = ? AND number = ?';
    this.#run(latest, namespace.name, workflowId, number);
  }

  insertNamespace({name, id}: Namespace): void {
    this.#run('INSERT OR REPLACE INTO namespaces VALUES (?, ?)', name, id);
  }

  namespaces(): Namespace[] {
    return this.#all('SELECT name, id FROM namespaces ORDER BY name') as unknown as Namespace[];
  }

  /** @returns every run in the order in which they were opened */
  runs(): Iterable<RunRow> {
    const query = 'SELECT number, namespace, workflow_id, run_id, length, fields FROM runs ORDER BY number';
    return this.#statement(query).iterate() as Iterable<unknown> as Iterable<RunRow>;
  }

  /** @returns the numbers of the runs that are their workflow's latest */
  latest(): Set<number> {
    return new Set(this.#all('SELECT number FROM latest_runs').map(({number}) => Number(number)));
  }

  /** @returns all that is pending, in the order in which it came */
  pending(): PendingRow[] {
    const query = 'SELECT number, kind, key, entity FROM pending ORDER BY position';
    return this.#all(query) as unknown as PendingRow[];
  }

  /**
   * @param from how many events come before them
   * @param to how many events there are with them
   */
  events(number: number, from: number, to: number): HistoryEvent[] {
    const query = `SELECT first, history FROM events WHERE number = ?1 AND first <= ?3
      AND first >= (SELECT max(first) FROM events WHERE number = ?1 AND first <= ?2 + 1) ORDER BY first`;
    return this.#all(query, number, from, to).flatMap(({first, history}) => {
      const start = Number(first) - 1;
      const {events = []} = History.decode(history as Uint8Array);
      return (events ?? []).slice(Math.max(0, from - start), Math.max(0, to - start));
    });
  }

  close(): void {
    this.#database.close();
  }

  #writeEvents(number: number, first: number, events: HistoryEvent[]): void {
    if (events.length === 0) return;
    const history = History.encode({events}).finish();
    this.#run('INSERT INTO events VALUES (?, ?, ?, ?)', number, first, events.length, history);
  }

  #writePending<Kind extends keyof Pending>(number: number, draft: RunDraft, kind: Kind): void {
    const {toText} = pendingCodecs[kind];
    for (const [key, entity] of draft[kind].changed as ReadonlyMap<unknown, Pending[Kind] | undefined>) {
      if (entity === undefined) {
        this.#run('DELETE FROM pending WHERE number = ? AND kind = ? AND key = ?', number, kind, String(key));
      } else {
        const upsert = `INSERT INTO pending (number, kind, key, entity) VALUES (?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET entity = excluded.entity`;
        this.#run(upsert, number, kind, String(key), toText(entity));
      }
    }
  }

  #run(sql: string, ...values: (string | number | Uint8Array)[]): void {
    this.#statement(sql).run(...values);
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
