import type {HistoryEvent} from '../wire/proto.ts';
import type {Update} from './pending.ts';
import type {RunDraft} from './run-draft.ts';
import type {RunStart} from './run-state.ts';

/** What a change brings about in other runs: it is committed together with the change. */
export type Consequence =
  | {kind: 'startChild'; initiatedEventId: number}
  | {kind: 'reachExternal'; initiatedEventId: number}
  | {kind: 'startNextRun'; start: RunStart}
  | {kind: 'runClosed'; closeEvent: HistoryEvent};

/** What others get to see of a change, once it is committed. */
export type Publication =
  | {kind: 'workflowTaskScheduled'}
  | {kind: 'activityScheduled'; scheduledEventId: number}
  | {kind: 'updateMoved'; update: Readonly<Update>}
  | {kind: 'closed'};

/** A change of one run while it is being made. */
export interface Change {
  readonly run: RunDraft;
  /** The moment of the change, milliseconds since the epoch. */
  readonly now: number;
  readonly consequences: Consequence[];
  readonly publications: Publication[];
  /** Set by events that the workflow must see: before the commit a workflow task is scheduled for them. */
  needsWorkflowTask: boolean;
  newId(): string;
}
