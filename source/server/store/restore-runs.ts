import type {RunState} from '../run/run-state.ts';
import type {HistoryEvent} from '../wire/proto.ts';
import type {PendingRow, StoreFile} from './store-file.ts';
import {runFromText} from './stored-fields.ts';
import {StoredHistory} from './stored-history.ts';
import {pendingCodecs} from './stored-pending.ts';

/** @returns every run of the file with its number, in the order in which they were opened */
export function* restoreRuns(file: StoreFile): Generator<{number: number; run: RunState}> {
  const namespaces = new Map(file.namespaces().map((namespace) => [namespace.name, namespace]));
  const pending = Map.groupBy(file.pending(), ({number}) => number);
  for (const {number, namespace, workflow_id: workflowId, run_id: runId, length, fields} of file.runs()) {
    const history = new StoredHistory(length, (from, to) => file.events(number, from, to));
    const identity = {
      namespace: namespaces.get(namespace) ?? {name: namespace, id: namespace},
      workflowId,
      runId,
    };
    const run = {...runFromText(fields, identity, history.at(0) ?? {}), history};
    for (const row of pending.get(number) ?? []) restorePending(run, row);
    yield {number, run};
  }
}

const keyedByEvent: ReadonlySet<string> = new Set(['activities', 'children', 'externals']);

function restorePending(run: RunState, {kind, key, entity}: PendingRow): void {
  const eventOf = (id: number): HistoryEvent => run.history.at(id - 1) ?? {};
  const restored = pendingCodecs[kind].fromText(entity, key, eventOf);
  const target = run[kind] as Map<string | number, unknown>;
  target.set(keyedByEvent.has(kind) ? Number(key) : key, Object.freeze(restored));
}
