import {UsageError} from '../errors.ts';
import {findScenario} from '../scenarios/index.ts';
import type {Interruption} from '../scenarios/scenario.ts';
import {createListeners} from '../session/listeners.ts';
import type {RunReference, Session, SessionUpdate, StartRequest} from '../session/session.ts';
import type {WorkerProcess} from './fleet.ts';

/** What is done to runs from outside is done with these. */
export interface Means {
  /** The queue of runs to which nothing is done. */
  taskQueue: string;
  /** Starts a worker in a process of its own; absent where no worker may be run. */
  startWorker?: (taskQueue: string) => Promise<WorkerProcess>;
}

/**
 * A session that does to the run of a scenario what the scenario declares as its interruption, whoever starts it: a
 * one-shot command or the app. A run whose worker is to be killed gets a queue and a worker process of its own, so that
 * neither the server nor any other run is hurt.
 */
export function interruptingSession(session: Session, means: Means): Session {
  const {tell, subscribe} = createListeners<SessionUpdate>();
  session.subscribe(tell);
  let crews = 0;
  return {
    ...session,
    subscribe,
    async start(request) {
      const interruption = interruptionOf(request);
      if (interruption?.action === 'kill-worker') {
        crews += 1;
        const queue = `${means.taskQueue}-${request.scenario}${crews === 1 ? '' : `-${crews}`}`;
        return startWithCrew(session, request, interruption, await openCrew(means, queue), tell);
      }
      const run = await session.start(request);
      if (interruption) interruptOnce(session, run, interruption, () => session.cancel(run.workflowId), tell);
      return run;
    },
  };
}

function interruptionOf({scenario}: StartRequest): Interruption | undefined {
  return scenario === undefined ? undefined : findScenario(scenario)?.interruption;
}

/** The worker of one run, in a process of its own. */
interface Crew {
  readonly taskQueue: string;
  /** Kills the worker and starts another one. */
  replace(): Promise<void>;
  close(): Promise<void>;
}

async function openCrew({startWorker}: Means, taskQueue: string): Promise<Crew> {
  if (!startWorker) {
    throw new UsageError('This scenario kills a worker of its own: leave out --no-worker to run it.');
  }
  let worker = await startWorker(taskQueue);
  return {
    taskQueue,
    async replace() {
      worker.kill();
      worker = await startWorker(taskQueue);
    },
    close: () => worker.shutdown(),
  };
}

async function startWithCrew(
  session: Session,
  request: StartRequest,
  interruption: Interruption,
  crew: Crew,
  tell: (update: SessionUpdate) => void,
): Promise<RunReference> {
  const run = await session.start({...request, taskQueue: crew.taskQueue}).catch(async (error: unknown) => {
    await crew.close();
    throw error;
  });
  interruptOnce(session, run, interruption, crew.replace, tell).then(crew.close, () => undefined);
  return run;
}

/**
 * Acts as soon as the activity of the interruption is running. What fails is told as a run that cannot be followed.
 *
 * @returns resolves when the run is over
 */
function interruptOnce(
  session: Session,
  {workflowId}: RunReference,
  {once}: Interruption,
  act: () => Promise<void>,
  tell: (update: SessionUpdate) => void,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  let acting: Promise<void> | undefined;
  const unsubscribe = session.subscribe((update) => {
    if (!('workflowId' in update)) return;
    const isOver = update.type === 'closed' || update.type === 'unfollowable';
    if (isOver && update.workflowId === workflowId) over.resolve();
    if (acting || update.type !== 'pending' || update.workflowId !== workflowId + once.workflow) return;
    if (
      !update.pending.some(({activityId, state}) => activityId === once.activityId && state === 'started')
    ) {
      return;
    }
    acting = act().catch(({message}: Error) => tell({type: 'unfollowable', workflowId, message}));
  });
  return over.promise.finally(async () => {
    unsubscribe();
    await acting;
  });
}
