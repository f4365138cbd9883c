import type {HostTask, WorkerTask} from './messages.ts';

const defaultGrace = 1000;

/** Milliseconds that a cancelled tool has to settle after the grace time. */
export const settleTime = 1500;

/** Milliseconds for what comes after the worker: closing the server. */
const closeTime = 500;

/** Milliseconds that tools in flight get to finish when the worker shuts down. */
export function graceOf({grace = defaultGrace}: Pick<WorkerTask, 'grace'>): number {
  return grace;
}

/** Milliseconds that a host takes at most to end in order; whatever is left of it then is killed. */
export function shutdownTime(task?: HostTask): number {
  return graceOf(task?.worker ?? {}) + settleTime + closeTime;
}
