import {rootWorkflowId} from '../../../workflows/protocol/identity.ts';
import {describeEvent} from '../../history/describe-event.ts';
import type {HistoryEvent} from '../../history/event.ts';
import {foldEvents, isKnown} from '../../history/fold.ts';
import type {RunForest} from '../../history/run-tree.ts';
import {segmentsText} from '../../history/segment.ts';
import type {RunReference, RunResult, SessionUpdate} from '../../session/session.ts';
import {isEmpty, openRuns} from '../state/select.ts';
import type {AppState, EventEntry, RunEntry} from '../state/state.ts';
import {bufferOf} from '../text/text-buffer.ts';
import {addEntries} from './events.ts';
import {afterRun} from './hint.ts';
import {type Next, next, tell} from './next.ts';

/** Everything that followed runs did since the last message. */
export function sessionUpdates(state: AppState, updates: readonly SessionUpdate[], now: number): Next {
  const events = updates.flatMap((update) => (update.type === 'events' ? update.events : []));
  const folded = events.length > 0 ? withEvents({...state, now}, events) : {...state, now};
  return updates.reduce<Next>(
    ([current, commands], update) => {
      const [after, more] = applyUpdate(current, update);
      return [after, [...commands, ...more]];
    },
    [folded, []],
  );
}

function withEvents(state: AppState, events: readonly HistoryEvent[]): AppState {
  const forest = foldEvents(state.forest, events);
  // What was shown before is not shown twice.
  const fresh = events.filter((event) => !isKnown(state.forest, event));
  const entries = fresh.map((event) => entryOf(event, forest));
  return {...state, forest, events: addEntries(state.events, entries)};
}

function entryOf(event: HistoryEvent, forest: RunForest): EventEntry {
  const words = describeEvent(event, forest);
  return {event, words, text: `${words.workflow} ${segmentsText(words.segments)}`};
}

function applyUpdate(state: AppState, update: SessionUpdate): Next {
  switch (update.type) {
    case 'events':
      return next(state);
    case 'pending':
      return next(state, {pending: new Map(state.pending).set(update.workflowId, update.pending)});
    case 'closed':
      return closed(state, update.workflowId, update.result);
    case 'connection':
      return update.state === 'lost' ? away(state, update.message) : back(state, update.message);
    case 'queue':
      return update.state === 'unpolled'
        ? unpolled(state, update.workflowId, update.message)
        : polled(state, update.workflowId);
    case 'trouble':
      return tell(state, update.message, 'bad');
    case 'unfollowable':
      return unfollowable(state, update.workflowId, update.message);
  }
}

/** The server does not answer; the status line says so until it does. */
function away(state: AppState, outage: string): Next {
  return next(state, {connection: {...state.connection, outage}});
}

function back(state: AppState, text: string): Next {
  const {outage: _outage, ...connection} = state.connection;
  return tell({...state, connection}, text, 'good');
}

/** Nobody works on a run; its line in the tree says so until somebody does. */
function unpolled(state: AppState, workflowId: string, text: string): Next {
  const runs = changeRun(state.runs, rootWorkflowId(workflowId), {isUnpolled: true});
  return tell({...state, runs}, text, 'bad');
}

function polled(state: AppState, workflowId: string): Next {
  return next(state, {runs: changeRun(state.runs, rootWorkflowId(workflowId), {isUnpolled: false})});
}

/** The server has accepted a run: it is followed from now on. */
export function started(state: AppState, id: number, run: RunReference, now: number): Next {
  const request = state.waiting.find((waiting) => waiting.id === id)?.request;
  const title = request?.scenario ?? request?.prompt ?? 'a program';
  const waiting = state.waiting.filter((entry) => entry.id !== id);
  const folded = new Set([...state.tree.folded, ...finishedRuns(state)]);
  return followed({...state, now, waiting, tree: {...state.tree, folded}}, run.workflowId, title);
}

/** A run that existed is followed from now on. */
export function attached(state: AppState, {workflowId}: RunReference): Next {
  const known = state.runs.find((run) => run.workflowId === workflowId);
  if (!known) return followed(state, workflowId, workflowId);
  if (known.state !== 'unfollowable') return next(state);
  return next(state, {runs: changeRun(state.runs, workflowId, {state: 'open'})});
}

function followed(state: AppState, workflowId: string, title: string): Next {
  if (state.runs.some((run) => run.workflowId === workflowId)) return next(state);
  const tree = {...state.tree, follow: true};
  return next(state, {tree, runs: [...state.runs, {workflowId, title, state: 'open'}]});
}

function finishedRuns({runs}: AppState): string[] {
  return runs.filter(({state}) => state !== 'open').map(({workflowId}) => workflowId);
}

/**
 * The server did not take a run: its prompt comes back, if nothing else is being written. A conversation that could not
 * go on is over, so that the prompt can be sent again as the first of a new one.
 */
export function startFailed(state: AppState, id: number, text: string): Next {
  const refused = state.waiting.find((waiting) => waiting.id === id)?.request;
  const waiting = state.waiting.filter((entry) => entry.id !== id);
  const isFree = isEmpty(state) && refused?.prompt !== undefined && refused.scenario === undefined;
  const prompt = isFree ? {...state.prompt, buffer: bufferOf(refused.prompt)} : state.prompt;
  const {conversation: _, ...withoutConversation} = state;
  const remaining: AppState = refused?.continues === undefined ? state : withoutConversation;
  return tell({...remaining, waiting, prompt}, text, 'bad');
}

function closed(state: AppState, workflowId: string, result: RunResult): Next {
  const runs = changeRun(state.runs, workflowId, {state: 'closed', result});
  const pending = new Map(
    [...state.pending].filter(([id]) => id !== workflowId && !id.startsWith(`${workflowId}/`)),
  );
  const closedState = {...state, runs, pending, ...conversationAfter(state, workflowId, result)};
  return openRuns(closedState).length > 0
    ? next(closedState)
    : tell(closedState, ...afterRun(state, workflowId, result));
}

/** A completed conversation is what the next prompt goes on with; a scenario's script has no more to say. */
function conversationAfter(
  {forest}: AppState,
  workflowId: string,
  {status, value}: RunResult,
): Pick<AppState, 'conversation'> {
  const model = forest.runs.get(workflowId)?.model ?? 'scripted:';
  const talks = status === 'completed' && value === undefined && !model.startsWith('scripted:');
  return talks ? {conversation: workflowId} : {};
}

/** A run cannot be followed: it stays as it was last seen. */
export function unfollowable(state: AppState, workflowId: string, text: string): Next {
  const runs = changeRun(state.runs, workflowId, {state: 'unfollowable'});
  return tell({...state, runs}, text, 'bad');
}

function changeRun(
  runs: readonly RunEntry[],
  workflowId: string,
  changes: Partial<RunEntry>,
): readonly RunEntry[] {
  return runs.map((run) => (run.workflowId === workflowId ? {...run, ...changes} : run));
}
