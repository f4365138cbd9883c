import type {Engine} from '../engine/engine.ts';
import type {Publication} from '../run/change.ts';
import type {RunState} from '../run/run-state.ts';
import {hasReached} from '../run/update.ts';
import {addActivityTask} from './activity-task.ts';
import {sendAlone} from './query-task.ts';
import {addWorkflowTask} from './workflow-task.ts';

type Handlers = {
  readonly [Kind in Publication['kind']]: (
    engine: Engine,
    run: RunState,
    publication: Extract<Publication, {kind: Kind}>,
  ) => void;
};

const handlers: Handlers = {
  workflowTaskScheduled: addWorkflowTask,
  activityScheduled(engine, run, {scheduledEventId}) {
    addActivityTask(engine, run, scheduledEventId);
  },
  updateMoved(engine, run, {update}) {
    const {updateWaiters} = engine.live(run);
    const waiters = updateWaiters.get(update.updateId) ?? [];
    const waiting = waiters.filter(({stage}) => !hasReached(update, stage));
    if (waiting.length > 0) updateWaiters.set(update.updateId, waiting);
    else updateWaiters.delete(update.updateId);
    for (const waiter of waiters) if (!waiting.includes(waiter)) waiter.resolve(update);
  },
  closed(engine, run) {
    for (const query of engine.live(run).queries.values()) sendAlone(engine, run, query);
  },
};

/** Lets others see what a committed change means for them. */
export function publish(engine: Engine, run: RunState, publication: Publication): void {
  const handler = handlers[publication.kind] as (
    engine: Engine,
    run: RunState,
    publication: Publication,
  ) => void;
  handler(engine, run, publication);
}
