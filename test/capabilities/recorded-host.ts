import {setImmediate as nextTurn} from 'node:timers/promises';
import type {temporal} from '@temporalio/proto';
import type {CallOutcome, ProgramHost} from '../../workflows/interpreter/index.ts';
import {draw} from './chance.ts';

type History = temporal.api.history.v1.IHistory;
type Ending = 'returned' | 'failed' | 'cancelled';

/** How the activities of a history ended, by their ids, in the order in which the workflow was told. */
function endingsOf(history: History): Map<string, Ending> {
  const ids = new Map<string, string>();
  const endings = new Map<string, Ending>();
  const end = (scheduled: unknown, ending: Ending) =>
    endings.set(ids.get(String(scheduled)) as string, ending);
  for (const event of history.events ?? []) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) ids.set(String(event.eventId), scheduled.activityId as string);
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed) end(completed.scheduledEventId, 'returned');
    const failed = event.activityTaskFailedEventAttributes;
    if (failed) end(failed.scheduledEventId, 'failed');
    const cancelled = event.activityTaskCanceledEventAttributes;
    if (cancelled) end(cancelled.scheduledEventId, 'cancelled');
  }
  return endings;
}

/** A host for a pure run: its calls end as they did in a workflow, in the same order. */
export function recordedHost(history: History, program: string): ProgramHost {
  const endings = endingsOf(history);
  const order = [...endings.keys()];
  const open = new Map<string, (ending: Ending) => void>();
  let delivering = false;
  const deliver = async () => {
    if (delivering) return;
    delivering = true;
    for (let id = order[0]; id !== undefined && open.has(id); id = order[0]) {
      await nextTurn();
      order.shift();
      open.get(id)?.(endings.get(id) as Ending);
      await nextTurn();
    }
    delivering = false;
  };
  return {
    tools: ['draw'],
    startCall({index, input}) {
      const id = `${program}.${index}`;
      const {promise, resolve} = Promise.withResolvers<CallOutcome>();
      open.set(id, (ending) => resolve(outcomeOf(ending, id, input)));
      void deliver();
      // A call that is cancelled in the task that made it never gets into the history.
      return {outcome: promise, cancel: () => endings.has(id) || resolve({status: 'cancelled'})};
    },
    yieldToHost: async () => {},
    searchTools: () => [],
  };
}

function outcomeOf(ending: Ending, id: string, input: unknown): CallOutcome {
  if (ending === 'cancelled') return {status: 'cancelled'};
  const {outcome} = draw(id, input);
  if ('value' in outcome) return {status: 'returned', value: outcome.value};
  return {status: 'failed', failure: {name: 'ToolExecutionError', message: outcome.failure}};
}
