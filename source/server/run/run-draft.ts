import {DraftHistory} from './draft-history.ts';
import {DraftMap} from './draft-map.ts';
import type {Activity, Child, External, Timer, Update} from './pending.ts';
import type {RunFields, RunState} from './run-state.ts';

/** A run while it is being changed. Where the change fails the draft is forgotten, and the run is as it was. */
export interface RunDraft extends RunFields {
  readonly history: DraftHistory;
  readonly activities: DraftMap<number, Activity>;
  readonly timers: DraftMap<string, Timer>;
  readonly children: DraftMap<number, Child>;
  readonly externals: DraftMap<number, External>;
  readonly updates: DraftMap<string, Update>;
  readonly signalRequestIds: DraftMap<string, true>;
}

/** @returns a draft of the run as it is committed */
export function draftOf(state: RunState): RunDraft {
  const {history, activities, timers, children, externals, updates, signalRequestIds, ...fields} = state;
  return {
    ...fields,
    ...(fields.workflowTask && {workflowTask: {...fields.workflowTask}}),
    history: new DraftHistory(history.length),
    activities: new DraftMap(activities),
    timers: new DraftMap(timers),
    children: new DraftMap(children),
    externals: new DraftMap(externals),
    updates: new DraftMap(updates),
    signalRequestIds: new DraftMap(signalRequestIds),
  };
}

/** @returns the single values of a draft, without its history and what is pending */
export function fieldsOf(draft: RunDraft): RunFields {
  const {history, activities, timers, children, externals, updates, signalRequestIds, ...fields} = draft;
  return fields;
}
