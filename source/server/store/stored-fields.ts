import type {RunDraft} from '../run/run-draft.ts';
import {createRun, type RunFields, type RunState} from '../run/run-state.ts';
import {type HistoryEvent, temporal} from '../wire/proto.ts';
import {fromText, toText} from './message-text.ts';

const {Memo, SearchAttributes} = temporal.api.common.v1;
const {History} = temporal.api.history.v1;
const {ResetPoints} = temporal.api.workflow.v1;

/** Of a run's single values those that its first event does not tell. A document of JSON; messages are texts. */
interface StoredFields {
  readonly requestId: string;
  readonly startedAt: number;
  readonly status: number;
  readonly closedAt: number;
  readonly historySize: number;
  readonly buffered: string | undefined;
  readonly workflowTask: RunFields['workflowTask'];
  readonly workflowTaskAttempt: number;
  /** `held` stands for infinity, which JSON does not have. */
  readonly firstWorkflowTaskAt: number | 'held' | undefined;
  readonly lastCompletedStartedEventId: number;
  readonly sticky: RunFields['sticky'];
  readonly cancelRequested: boolean;
  readonly memo: string | undefined;
  readonly searchAttributes: string | undefined;
  readonly stateTransitions: number;
  readonly resetPoints: string | undefined;
}

/** @returns the single values of a run as text */
export function fieldsToText(draft: RunDraft): string {
  const {firstWorkflowTaskAt: first, buffered, resetPoints} = draft;
  const stored: StoredFields = {
    requestId: draft.requestId,
    startedAt: draft.startedAt,
    status: draft.status,
    closedAt: draft.closedAt,
    historySize: draft.historySize,
    buffered: buffered.length > 0 ? toText(History, {events: [...buffered]}) : undefined,
    workflowTask: draft.workflowTask,
    workflowTaskAttempt: draft.workflowTaskAttempt,
    firstWorkflowTaskAt: first === Number.POSITIVE_INFINITY ? 'held' : first,
    lastCompletedStartedEventId: draft.lastCompletedStartedEventId,
    sticky: draft.sticky,
    cancelRequested: draft.cancelRequested,
    memo: isEmpty(draft.memo) ? undefined : toText(Memo, {fields: draft.memo}),
    searchAttributes: isEmpty(draft.searchAttributes)
      ? undefined
      : toText(SearchAttributes, {indexedFields: draft.searchAttributes}),
    stateTransitions: draft.stateTransitions,
    resetPoints: resetPoints.length > 0 ? toText(ResetPoints, {points: [...resetPoints]}) : undefined,
  };
  return JSON.stringify(stored);
}

/**
 * @param text what `fieldsToText` wrote
 * @param identity which run it is
 * @param first the run's first event
 * @returns the run with nothing pending and no history
 */
export function runFromText(
  text: string,
  {namespace, workflowId, runId}: Pick<RunState, 'namespace' | 'workflowId' | 'runId'>,
  first: HistoryEvent,
): RunState {
  const stored = JSON.parse(text) as StoredFields;
  const start = {
    namespace,
    workflowId,
    runId,
    requestId: stored.requestId,
    started: first.workflowExecutionStartedEventAttributes ?? {},
    userMetadata: first.userMetadata,
  };
  const {firstWorkflowTaskAt: at} = stored;
  return {
    ...createRun(start, stored.startedAt),
    ...stored,
    ...start,
    workflowTask: stored.workflowTask && Object.freeze(stored.workflowTask),
    firstWorkflowTaskAt: at === 'held' ? Number.POSITIVE_INFINITY : at,
    sticky: stored.sticky,
    buffered: fromText(History, stored.buffered)?.events ?? [],
    memo: fromText(Memo, stored.memo)?.fields ?? {},
    searchAttributes: fromText(SearchAttributes, stored.searchAttributes)?.indexedFields ?? {},
    resetPoints: fromText(ResetPoints, stored.resetPoints)?.points ?? [],
  };
}

function isEmpty(record: object): boolean {
  return Object.keys(record).length === 0;
}
