import {formatTree} from '../../history/format-tree.ts';
import {printableLines} from '../../history/printable.ts';
import {liveForest} from '../state/select.ts';
import type {AppState, RunEntry} from '../state/state.ts';

/** What stays in the scrollback when the app is gone: trees and answers of the session's runs. */
export function farewell(state: AppState): string[] {
  return state.runs.flatMap((run) => [...treeOf(state, run), ...answerOf(state, run), '']);
}

function treeOf(state: AppState, {workflowId}: RunEntry): string[] {
  return formatTree(liveForest(state), workflowId, {
    width: state.size.columns,
    now: state.now,
    tokens: true,
  });
}

function answerOf(state: AppState, {workflowId, state: runState}: RunEntry): string[] {
  const answer = state.forest.runs.get(workflowId)?.answer;
  if (answer) return printableLines(answer);
  if (runState === 'unfollowable') return ['It could not be followed any further.'];
  if (runState === 'closed') return [];
  return runState === 'open' && state.connection.facts?.lasting
    ? [`It waits for a worker: durable-tui attach ${workflowId}`]
    : ['It was lost with its server.'];
}
