import {clip, printable} from '../../history/printable.ts';
import type {RunResult} from '../../session/session.ts';
import type {AppState, Notice} from '../state/state.ts';

/** What to look at after a run, and what to try next: one line. */
export function afterRun(
  state: AppState,
  workflowId: string,
  {status, error}: RunResult,
): [text: string, tone: Notice['tone']] {
  if (status === 'failed' || status === 'timedOut') {
    const cause = error === undefined ? '' : `: ${clip(printable(error), 60)}`;
    return [`Failed${cause}. ⏎ says why, ⇥ goes to the history, where r leads to the cause.`, 'bad'];
  }
  if (status !== 'completed') return ['Over. The history shows what had been done. ⇥ goes there.', 'plain'];
  return [`Done. ⏎ reads the answer, ⇥ goes to the history. ${whatNext(state, workflowId)}`, 'good'];
}

function whatNext({runs, scenarios}: AppState, workflowId: string): string {
  const title = runs.find((run) => run.workflowId === workflowId)?.title;
  const tried = new Set(runs.map((run) => run.title));
  const index = scenarios.findIndex(({name}) => name === title);
  const untried = scenarios.slice(index + 1).find(({name}) => !tried.has(name));
  return untried ? `Next: /scenario ${untried.name}` : '';
}
