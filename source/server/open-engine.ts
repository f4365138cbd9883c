import type {Clock} from './clock.ts';
import {Engine} from './engine/engine.ts';
import {dropSticky} from './run/workflow-task.ts';
import type {Store} from './store/store.ts';
import {addActivityTask, takeActivityTask} from './tasks/activity-task.ts';
import {publish} from './tasks/publish.ts';
import {takeQueryTask} from './tasks/query-task.ts';
import {addWorkflowTask, takeWorkflowTask} from './tasks/workflow-task.ts';

/**
 * @param namespaces names of those that there are besides those that the store has
 * @returns an engine on the store's runs; `resume` goes on with those that are open
 */
export function openEngine(clock: Clock, namespaces: readonly string[], store: Store): Engine {
  return new Engine({
    clock,
    namespaces,
    store,
    publish,
    starters: (engine) => ({
      workflowQueue: (task, poller) =>
        task.kind === 'queryTask'
          ? takeQueryTask(engine, task, poller)
          : takeWorkflowTask(engine, task, poller),
      activityQueue: (task, poller) => takeActivityTask(engine, task, poller),
    }),
  });
}

/**
 * Goes on with the runs that the store has open from an earlier life of the server: makes their tasks and timers again.
 * Their sticky workers are forgotten; whoever polls gets the whole history.
 */
export function resume(engine: Engine): void {
  for (const run of engine.store.open()) {
    if (run.sticky) engine.change(run, dropSticky);
    else engine.arm(run);
    addWorkflowTask(engine, run);
    for (const {scheduledEventId} of run.activities.values()) addActivityTask(engine, run, scheduledEventId);
  }
}
