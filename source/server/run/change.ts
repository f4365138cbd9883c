import type {HistoryEvent} from '../wire/proto.ts';
import type {Run, RunStart} from './run.ts';

/** What is to happen outside a run once a change of it is committed. */
export type Effect =
  | {kind: 'dispatchWorkflowTask'; run: Run}
  | {kind: 'dispatchActivity'; run: Run; scheduledEventId: number}
  | {kind: 'startChild'; run: Run; initiatedEventId: number}
  | {kind: 'reachExternal'; run: Run; initiatedEventId: number}
  | {kind: 'startNextRun'; run: Run; start: RunStart}
  | {kind: 'runClosed'; run: Run; closeEvent: HistoryEvent}
  | {kind: 'settle'; settle: () => void};

/** A change of one run while it is being made. */
export interface Change {
  readonly run: Run;
  /** The moment of the change, milliseconds since the epoch. */
  readonly now: number;
  readonly effects: Effect[];
  /** Set by events that the workflow must see: the commit schedules a workflow task for them. */
  needsWorkflowTask: boolean;
  newId(): string;
}
