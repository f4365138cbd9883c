import type {Engine} from '../engine/engine.ts';
import {type Call, method} from '../grpc/method.ts';
import {closeEventOf, isRunning, type RunState} from '../run/run-state.ts';
import {unwrittenEventsOf} from '../run/workflow-task-events.ts';
import {decodePageToken, encodePageToken, type PageToken} from '../tasks/page-token.ts';
import {HistoryEventFilterType} from '../wire/enums.ts';
import type {HistoryEvent, Response} from '../wire/proto.ts';
import {waitFor} from './long-poll.ts';
import {findRun} from './lookup.ts';

type Page = Response<'GetWorkflowExecutionHistory'>;

const defaultPageSize = 1000;

export const getWorkflowExecutionHistory = method(
  'GetWorkflowExecutionHistory',
  async (engine, request, call) => {
    const token = request.nextPageToken.length > 0 ? decodePageToken(request.nextPageToken) : undefined;
    const {workflowId, runId} = request.execution ?? {};
    const run = findRun(engine, request.namespace, {
      workflowId: workflowId ?? '',
      runId: token?.runId ?? runId ?? '',
    });
    const position = token ?? {runId: run.runId, next: 0};
    const size = request.maximumPageSize || defaultPageSize;
    const closeOnly =
      request.historyEventFilterType === HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT;
    if (closeOnly) return closeEventPage(engine, run, request.waitNewEvent, call);
    if (request.waitNewEvent && run.history.length <= position.next && isRunning(run)) {
      await waitUntil(engine, run, call, () => run.history.length > position.next || !isRunning(run));
    }
    return allEventsPage(run, position, size, request.waitNewEvent);
  },
);

async function closeEventPage(engine: Engine, run: RunState, wait: boolean, call: Call): Promise<Page> {
  if (wait && isRunning(run)) await waitUntil(engine, run, call, () => !isRunning(run));
  const closeEvent = closeEventOf(run);
  if (closeEvent) return {history: {events: [closeEvent]}};
  if (!wait) return {history: {events: []}};
  return {history: {events: []}, nextPageToken: encodePageToken({runId: run.runId, next: 0})};
}

function allEventsPage(run: RunState, position: PageToken, size: number, wait: boolean): Page {
  const source = position.forTask ? [...run.history.slice(), ...unwrittenEventsOf(run)] : run.history;
  const events: HistoryEvent[] = source.slice(position.next, position.next + size);
  const next = position.next + events.length;
  const isLast = next >= source.length && !(wait && isRunning(run));
  if (isLast) return {history: {events}};
  return {history: {events}, nextPageToken: encodePageToken({...position, next})};
}

function waitUntil(engine: Engine, run: RunState, call: Call, isReached: () => boolean): Promise<unknown> {
  return waitFor<void>(engine, call, (resolve) =>
    engine.watch(run, () => {
      if (isReached()) resolve(undefined);
    }),
  );
}
