import {rootWorkflowId} from '../../../workflows/protocol/identity.ts';
import {isEmpty, openRuns, topOverlay} from '../state/select.ts';
import type {AppState, ConfirmedAction, RunEntry} from '../state/state.ts';
import {deleteForward} from '../text/text-buffer.ts';
import {selectedWorkflow} from './history.ts';
import {cover, type Next, next, quiet, uncover} from './next.ts';
import {cleared, editing} from './prompt.ts';

/** Ctrl+C: closes what is on top, else clears the prompt, else cancels the run on the second press, else quits on the second press. */
export function interrupt(state: AppState): Next {
  if (topOverlay(state)) return next(uncover(state));
  if (!isEmpty(state)) return next(state, {prompt: cleared(state.prompt, state.prompt.buffer.text)});
  const run = runToCancel(state);
  if (run) return cancelOnSecond(state, run);
  if (state.armed === 'quit') return quit(state);
  return next(state, {
    armed: 'quit',
    notice: {text: `press Ctrl+C again to quit${farewell(state)}`, tone: 'plain'},
  });
}

function cancelOnSecond(state: AppState, {workflowId}: RunEntry): Next {
  if (state.armed !== 'cancel') {
    return next(state, {
      armed: 'cancel',
      notice: {text: `press Ctrl+C again to cancel ${workflowId}`, tone: 'plain'},
    });
  }
  const notice = {text: `canceling ${workflowId}`, tone: 'plain'} as const;
  return next({...state, notice}, {}, {type: 'cancel', workflowId});
}

/** The run that is looked at, else the newest, unless it has been asked to cancel. */
function runToCancel(state: AppState): RunEntry | undefined {
  const selected = rootWorkflowId(selectedWorkflow(state)?.workflowId ?? '');
  const open = openRuns(state).filter(({workflowId}) => !state.forest.runs.get(workflowId)?.cancelRequested);
  return open.find(({workflowId}) => workflowId === selected) ?? open.at(-1);
}

/**
 * Ctrl+D: deletes to the right; on an empty prompt it quits. Whoever has just emptied the prompt with it has pressed it
 * once too often, and stays.
 */
export function deleteOrQuit(state: AppState): Next {
  if (isEmpty(state)) return state.armed === 'delete' ? next(state) : quit(state);
  return editing(deleteForward)({...quiet(state), armed: 'delete'});
}

/** Leaves; asks before where runs are open. */
export function quit(state: AppState): Next {
  const action: ConfirmedAction = {type: 'quit', code: 0};
  if (openRuns(state).length === 0 || state.armed === 'quit') return perform(state, action);
  return next(cover(state, {type: 'confirm', question: `Leave?${farewell(state)}`, action}));
}

/** What becomes of open runs, in words that follow a sentence. */
function farewell(state: AppState): string {
  const open = openRuns(state);
  if (open.length === 0) return '';
  const runs = open.length === 1 ? '1 run' : `${open.length} runs`;
  if (!state.connection.facts?.lasting) return ` ${runs} will be lost.`;
  return ` ${runs} will wait for a worker: durable-tui attach ${open.at(-1)?.workflowId}`;
}

/** Asks whether to cancel the selected run or subagent. */
export function cancelSelected(state: AppState): Next {
  const run = selectedWorkflow(state);
  if (run?.status !== 'running') {
    return next(state, {notice: {text: 'nothing is running there', tone: 'plain'}});
  }
  const what = run.parent ? `subagent ${run.agent} (${run.workflowId})` : run.workflowId;
  const action: ConfirmedAction = {type: 'cancel', workflowId: run.workflowId};
  return next(cover(state, {type: 'confirm', question: `Cancel ${what}?`, action}));
}

/** Does what was asked about. */
export function agree(state: AppState): Next {
  const top = topOverlay(state);
  return top?.type === 'confirm' ? perform(uncover(state), top.action) : next(state);
}

function perform(state: AppState, action: ConfirmedAction): Next {
  if (action.type === 'quit') return next(state, {}, {type: 'quit', code: action.code});
  return next(state, {}, {type: 'cancel', workflowId: action.workflowId});
}
